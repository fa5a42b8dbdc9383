export { KEPT_CONNECTIONS, type Connection } from '../requests/load-shape.ts';
export { HttpClient, type HttpExchange, type HttpRequest } from './http-client.ts';
export { OpenLoop } from './open-loop.ts';
