export {
  HttpClient,
  KEPT_CONNECTIONS,
  type Connection,
  type HttpExchange,
  type HttpRequest,
} from './http-client.ts';
export { OpenLoop } from './open-loop.ts';
