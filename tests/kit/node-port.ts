/** URL of a Service from this machine: a NodePort, or `http://{clusterIP}/` on a node. */
export const LOAD_URL = process.env['LOAD_URL'] ?? 'http://127.0.0.1:{nodePort}/';
