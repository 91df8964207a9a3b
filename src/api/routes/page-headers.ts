/** Headers of pages: what a page may load is only what this service serves, and no page of others may frame it. */

/** `styles` and `images` are what the page needs besides its own files. */
export function pageHeaders({ styles = '', images = '' } = {}): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styles}`,
    "connect-src 'self'",
    `img-src 'self'${images}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  }
}
