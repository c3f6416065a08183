/// Knows people and machines: passwords, sessions, API tokens, first run; says who sends a request.
///
/// Front door: [IdentityRoom], which brings the [holdfast.http.SignIn], the routes and the jobs.
/// Passwords are Argon2id hashes, sessions and tokens SHA-256 hashes: a stolen database opens no account.
/// Users belong to the platform; machines, sessions and tokens to the tenant they act in. Owns the tables `identity_*`.
@NullMarked
package holdfast.identity;

import org.jspecify.annotations.NullMarked;
