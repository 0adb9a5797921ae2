# The kinds of problem of RFC 9457 and what each means.

## Title and meaning of each kind

problem-unknown-parameter = Unknown parameter
problem-unknown-parameter-summary = The address has no such parameter.
problem-repeated-parameter = Repeated parameter
problem-repeated-parameter-summary = Each parameter may be given only once.
problem-invalid-parameter = Invalid parameter
problem-invalid-parameter-summary = The value of a parameter cannot be used.
problem-conflicting-parameters = Conflicting parameters
problem-conflicting-parameters-summary = Some parameters exclude or need one another.
problem-bad-tile-address = Bad tile address
problem-bad-tile-address-summary = No tile can have this address.
problem-not-released = Not released
problem-not-released-summary = The public sees released windows only.
problem-not-covered = No data
problem-not-covered-summary = No day of the period is among those on which incidents are known.
problem-invalid-token = Invalid token
problem-invalid-token-summary = The token is unknown or not valid here.
problem-token-expired = Token expired
problem-token-expired-summary = The token was good and no longer is; ask whoever gave it to you for a new one, or sign in again.
problem-token-not-yet-valid = Token not valid yet
problem-token-not-yet-valid-summary = The token is good from a later moment on.
problem-no-role = No role
problem-no-role-summary = You are signed in, but the provider of sign-ins gives you none of the roles of this map; ask whoever looks after your account.
problem-provider-away = Sign-in unavailable
problem-provider-away-summary = The provider of sign-ins cannot be reached, so its tokens cannot be checked; access tokens go on working.
problem-token-needed = Token needed
problem-token-needed-summary = This is not public.
problem-role-too-low = Role too low
problem-role-too-low-summary = The role may not see this.
problem-not-found = Not found
problem-not-found-summary = There is nothing at this address.
problem-method-not-allowed = Method not allowed
problem-method-not-allowed-summary = The address does not take the method; see the Allow header.
problem-not-acceptable = Not acceptable
problem-not-acceptable-summary = No offered media type is accepted.
problem-not-offered = Not offered
problem-not-offered-summary = This server does not offer what was requested.
problem-too-large = Request too large
problem-too-large-summary = The body of the request is over the limit.
problem-address-too-long = Address too long
problem-address-too-long-summary = The address is over the limit.
problem-address-too-long-limit = The address is too long: it may have { $most } bytes from its first / on, as it is escaped.
problem-too-many-requests = Too many requests
problem-too-many-requests-summary = This address sends more requests than the server answers one client; wait as long as the Retry-After header says.
problem-not-ready = Not ready
problem-not-accounted = Not accounted for
problem-busy = Busy
problem-internal = Internal error
problem-bad-request = Bad request
problem-bad-request-summary = The request cannot be read.
problem-invalid-field = Field not usable
problem-invalid-field-summary = A member of the body is missing, unknown or has a value that cannot be used; "field" names it.
problem-invalid-signature = Signature not accepted
problem-invalid-signature-summary = The message of another server is not signed by the rules of its channel, or was signed too long ago.
problem-conflict = Somebody was first
problem-conflict-summary = What is to be changed was changed by somebody else, or is being looked at by somebody else.
problem-outdated = Changed since
problem-outdated-summary = "If-Match" names a version that is no longer the present one: look again, then decide.
problem-precondition-required = Version missing
problem-precondition-required-summary = A change has to name the version that was seen, in the header "If-Match".
problem-unsupported-media = Media type not read
problem-unsupported-media-summary = The body is of another media type than the one that the address reads.

## What is wrong with this request

problem-token-needed-role = This needs a token with the role "{ $role }".
problem-bad-tile-address-reason = No tile can have the address { $address }: { $reason }.
problem-stopping = The server is about to stop and answers what was begun.
problem-invalid-token-remedy = The token is malformed, unknown or not valid here. Leave the Authorization header out to see what is public.
problem-not-acceptable-offer = Only these media types are offered: { $offered }.

## Writing

problem-rejected-features = Features rejected
problem-rejected-features-summary = Some features of the request may not be taken, so nothing was done; each stands in the list with its field and the reason.
problem-key-reused = Key used for another request
problem-not-writable = Store cannot be written
