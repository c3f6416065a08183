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
import org.jdbi.v3.core.Handle;

/// Says who is signed in, and what they may do.
final class SignedIn {
    private final Database database;
    private final UserStore users;
    private final MachineStore machines;
    private final Roles roles;
    private final Policy policy;
    private final Tenants tenants;
    private final InstantSource clock;

    SignedIn(
            Database database,
            UserStore users,
            MachineStore machines,
            Roles roles,
            Policy policy,
            Tenants tenants,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.machines = machines;
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
        var who = database.readPlatform(tx -> who(tx, principal));
        var tenant = principal.tenant();
        var settings = tenants.settings(tenant);
        return new Views.Me(
                principal.id(),
                principal.kind().name(),
                who.name(),
                Views.text(who.fullName()),
                Views.text(who.email()),
                roles.of(tenant, principal.id()).stream().findFirst().map(Role::name),
                policy.allowed(principal).stream().map(Enum::name).toList(),
                own(tenant),
                session.isPresent() ? tenantsOf(principal) : List.of(own(tenant)),
                who.mustChange(),
                principal
                        .standing()
                        .confirmed()
                        .map(at -> at.plus(Policy.STEP_UP))
                        .filter(until -> until.isAfter(clock.instant())),
                session.map(Session::expires),
                settings.dueSoonDays(),
                settings.accent());
    }

    private Who who(Handle tx, Principal principal) {
        return users.find(tx, principal.id())
                .map(user -> new Who(user.name(), user.fullName(), user.email(), user.mustChange()))
                .or(() ->
                        machines.find(tx, principal.tenant(), principal.id())
                                .map(machine -> new Who(machine.name(), "", "", false)))
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("sign in again"));
    }

    private record Who(String name, String fullName, String email, boolean mustChange) {}

    /// {@return the active tenants that a session may go to; a token stays in its own}
    private List<Views.TenantView> tenantsOf(Principal principal) {
        var theirs = database.readPlatform(tx -> roles.tenantsOf(tx, principal.id()));
        return tenants.all().stream()
                .filter(tenant -> tenant.status() == Tenant.Status.ACTIVE)
                .filter(tenant -> theirs.contains(tenant.id()))
                .map(tenant -> new Views.TenantView(tenant.id().value(), tenant.name()))
                .toList();
    }

    private Views.TenantView own(TenantId tenant) {
        return new Views.TenantView(tenant.value(), name(tenant));
    }

    private String name(TenantId id) {
        return tenants.all().stream()
                .filter(tenant -> tenant.id().equals(id))
                .map(Tenant::name)
                .findFirst()
                .orElse("");
    }

    /// What proved who sends a request; kept beside the principal for the routes of this room.
    sealed interface Credential {
        /// @param session the session as it was when the request came
        record OfSession(Session session) implements Credential {}

        record OfToken(Token token) implements Credential {}
    }
}
