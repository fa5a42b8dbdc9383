export {
  HttpClient,
  KEPT_CONNECTIONS,
  type Connection,
  type HttpExchange,
  type HttpRequest,
} from './http-client';
export { OpenLoop } from './open-loop';
