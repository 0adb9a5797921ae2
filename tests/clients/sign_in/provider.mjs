// A provider of sign-ins (OpenID Connect), as an office would run one: a public client for the page, access tokens as JWT
// for the server of the map, roles as a claim. Interactions are its own forms, in which any name and password will do.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** The roles of the accounts that can sign in. */
const ACCOUNTS = { 'quy-hoach': ['binhyen-planner'], 'chi-huy': ['binhyen-commander'], khach: [] };
const AUDIENCE = 'urn:binhyen';

/** Serves the provider for a page at `page`; gives its issuer and how to end it. */
export async function provider(page) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'binhyen-page',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${page}signed-in`],
      },
    ],
    clientBasedCORS: (_context, origin) => origin === new URL(page).origin,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['a key of this run'] },
    // A minute less than this is when the page renews: five seconds after it has come back.
    ttl: { AccessToken: 65, IdToken: 600, Grant: 600, Interaction: 600, Session: 600, RefreshToken: 600 },
    issueRefreshToken: () => true,
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => ({ roles: ACCOUNTS[token.accountId] ?? [] }),
  });
  const asked = [];
  oidc.on('grant.success', (context) => asked.push(context.oidc.params.grant_type));
  server.on('request', oidc.callback());
  return { issuer, asked, audience: AUDIENCE, close: () => server.close() };
}
