// What an endpoint throws to be answered with another status than success.

export class ApiError extends Error {
  constructor(status, code, message, details = {}, headers = {}) {
    super(message);
    Object.assign(this, { status, code, details, headers });
  }
}
