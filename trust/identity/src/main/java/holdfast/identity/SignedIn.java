package holdfast.identity;

import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.access.Roles;
import holdfast.http.Request;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Says who is signed in, and what they may do.
final class SignedIn {
    private final Database database;
    private final UserStore users;
    private final Roles roles;
    private final Policy policy;
    private final Tenants tenants;
    private final InstantSource clock;

    SignedIn(
            Database database,
            UserStore users,
            Roles roles,
            Policy policy,
            Tenants tenants,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.roles = roles;
        this.policy = policy;
        this.tenants = tenants;
        this.clock = clock;
    }

    /// {@return the session that the request came with}
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED for an API token
    static Session session(Request request) {
        return session(request.credential())
                .orElseThrow(() -> Problem.NOT_PERMITTED.because("an API token has no session"));
    }

    static Optional<Session> session(Optional<Object> credential) {
        return credential
                .filter(Credential.OfSession.class::isInstance)
                .map(Credential.OfSession.class::cast)
                .map(Credential.OfSession::session);
    }

    Views.Me me(Principal principal, Optional<Session> session) {
        var user =
                database.readPlatform(tx -> users.find(tx, principal.id()))
                        .orElseThrow(() -> Problem.UNAUTHENTICATED.because("sign in again"));
        var tenant = principal.tenant();
        var settings = tenants.settings(tenant);
        return new Views.Me(
                user.id(),
                user.name(),
                Views.text(user.fullName()),
                Views.text(user.email()),
                roles.of(tenant, user.id()).stream().findFirst().map(Role::name),
                policy.allowed(principal).stream().map(Enum::name).toList(),
                new Views.TenantView(tenant.value(), name(tenant)),
                tenantsOf(principal),
                user.mustChange(),
                principal
                        .standing()
                        .confirmed()
                        .map(at -> at.plus(Policy.STEP_UP))
                        .filter(until -> until.isAfter(clock.instant())),
                session.map(Session::expires),
                settings.dueSoonDays(),
                settings.accent());
    }

    /// {@return the active tenants that a session may go to; a token stays in its own}
    private List<Views.TenantView> tenantsOf(Principal principal) {
        var theirs = database.readPlatform(tx -> roles.tenantsOf(tx, principal.id()));
        return tenants.all().stream()
                .filter(tenant -> tenant.status() == Tenant.Status.ACTIVE)
                .filter(tenant ->
                        principal.kind() == Principal.Kind.MACHINE
                                ? tenant.id().equals(principal.tenant())
                                : theirs.contains(tenant.id()))
                .map(tenant -> new Views.TenantView(tenant.id().value(), tenant.name()))
                .toList();
    }

    private String name(TenantId id) {
        return tenants.all().stream()
                .filter(tenant -> tenant.id().equals(id))
                .map(Tenant::name)
                .findFirst()
                .orElse("");
    }
}
