// What an endpoint throws to be answered with another status than success.

const CHALLENGE = { "www-authenticate": 'ApiKey realm="HumanOps", header="X-API-Key"' };

export class ApiError extends Error {
  constructor(status, code, message, details = {}, headers = {}) {
    super(message);
    Object.assign(this, { status, code, details, headers: status === 401 ? { ...CHALLENGE, ...headers } : headers });
  }
}
