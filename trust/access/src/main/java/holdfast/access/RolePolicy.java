package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only [Policy]: a principal may do what its roles and grants add up to, narrowed by its token, freshened by its password.
final class RolePolicy implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(RolePolicy.class);

    private static final Set<Action> FRESH =
            Set.copyOf(EnumSet.of(Action.EXPORT_CREDENTIAL, Action.EXPORT_SECRET));

    /// Who does not see all has these for their own events only: a scope, never a permit for the whole ledger.
    private static final Set<Action> OWN =
            Set.copyOf(EnumSet.of(Action.READ_AUDIT, Action.EXPORT_AUDIT));

    /// What reaches beyond one tenant: only in the tenant that the server came with.
    private static final Set<Action> PLATFORM =
            Set.copyOf(
                    EnumSet.of(
                            Action.MANAGE_TENANT,
                            Action.MANAGE_KEYS,
                            Action.READ_HEALTH,
                            Action.READ_JOB,
                            Action.RUN_JOB));

    /// What takes all below its resource at once and leaves nothing out: one denial there refuses the whole.
    private static final Set<Action> WHOLE =
            Set.copyOf(EnumSet.of(Action.EXPORT_CREDENTIAL, Action.EXPORT_SECRET));

    /// What the server's own jobs may do.
    private static final Set<Action> SERVICE =
            Set.copyOf(
                    EnumSet.of(
                            Action.READ_ENVIRONMENT,
                            Action.SYNC_ENVIRONMENT,
                            Action.READ_CREDENTIAL,
                            Action.READ_JOB,
                            Action.RUN_JOB));

    private static final PathPattern EVERYTHING = new PathPattern("**");

    private final RememberedRights rights;
    private final Tenants tenants;
    private final Ledger ledger;
    private final InstantSource clock;

    RolePolicy(RememberedRights rights, Tenants tenants, Ledger ledger, InstantSource clock) {
        this.rights = rights;
        this.tenants = tenants;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Permit permit(Principal principal, Action action, String resource) {
        return permit(principal, action, resource, FRESH.contains(action));
    }

    @Override
    public Permit permitFresh(Principal principal, Action action, String resource) {
        return permit(principal, action, resource, true);
    }

    private Permit permit(Principal principal, Action action, String resource, boolean fresh) {
        var snapshot = active(principal.tenant());
        boolean allowed = may(principal, principal.id(), snapshot, action, resource);
        whyNot(principal, action, allowed, fresh)
                .ifPresent(why -> refuse(principal, action, resource, why));
        return new Permit(principal, action, resource, snapshot.sequence());
    }

    @Override
    public Permit visit(Permit home, TenantId owner, String resource) {
        var principal = home.principal();
        var tenant = home.tenant();
        tenants.requireActive(tenant);
        var snapshot =
                tenants.find(owner)
                        .filter(one ->
                                one.status() == Tenant.Status.ACTIVE && !owner.equals(tenant))
                        .map(_ -> rights.snapshot(owner));
        Predicate<Action> lent =
                action ->
                        snapshot.filter(now ->
                                        may(principal, tenant.value(), now, action, resource))
                                .isPresent();
        if (!lent.test(home.action())) {
            var why =
                    Arrays.stream(Action.values()).anyMatch(lent)
                            ? Problem.NOT_PERMITTED
                                    .because("what is shared does not allow " + home.action())
                                    .with("action", home.action())
                            : Problem.NOT_FOUND.because("there is no such share");
            throw refuse(principal, home.action(), home.resource(), why);
        }
        return new Permit(
                principal.in(owner),
                home.action(),
                resource,
                snapshot.orElseThrow().sequence(),
                Optional.of(tenant));
    }

    @Override
    public Scope scope(Principal principal, Action action) {
        var snapshot = active(principal.tenant());
        var paths = rightsOf(principal, snapshot, action);
        whyNot(principal, action, !paths.isEmpty(), FRESH.contains(action))
                .ifPresent(why -> refuse(principal, action, "", why));
        return new Scope(principal, action, paths, seesAll(principal, action, snapshot));
    }

    @Override
    public Set<Action> allowed(Principal principal) {
        var snapshot = active(principal.tenant());
        var allowed = EnumSet.allOf(Action.class);
        allowed.removeIf(action -> rightsOf(principal, snapshot, action).isEmpty());
        return allowed;
    }

    @Override
    public void recheck(Handle tx, Permit permit) {
        recheck(tx, List.of(permit));
    }

    /// The transaction that is refused takes everything back, and on SQLite it has the only writer.
    private void recordApart(Principal principal, AccessEvent event) {
        Thread.ofVirtual()
                .name("refusal")
                .start(() -> {
                    try {
                        ledger.record(principal, event);
                    } catch (RuntimeException e) {
                        LOG.atError()
                                .addKeyValue("resource", event.resource())
                                .setCause(e)
                                .log("refusal not recorded");
                    }
                });
    }

    @Override
    public void recheck(Handle tx, List<Permit> permits) {
        if (permits.isEmpty()) {
            return;
        }
        var first = permits.getFirst();
        var now = rights.snapshot(tx, first.tenant(), first.sequence());
        for (var permit : permits) {
            if (!permit.tenant().equals(first.tenant())) {
                throw new IllegalArgumentException("permits of two tenants");
            }
            if (!may(
                    permit.principal(), permit.holder(), now, permit.action(), permit.resource())) {
                var why = notPermitted(permit.action());
                recordApart(
                        permit.principal(),
                        new AccessEvent.Refused(
                                permit.action(), permit.resource(), why.problem().code()));
                throw why;
            }
        }
    }

    @Override
    public void requireHolds(
            Handle tx, Principal principal, Set<Action> actions, PathPattern where) {
        requireHolds(tx, principal, principal.id(), actions, where);
    }

    @Override
    public void requireHolds(Handle tx, Permit permit, Set<Action> actions, PathPattern where) {
        requireHolds(tx, permit.principal(), permit.holder(), actions, where);
    }

    private void requireHolds(
            Handle tx, Principal principal, UUID holder, Set<Action> actions, PathPattern where) {
        var now = rights.load(tx, principal.tenant());
        for (var action : actions) {
            if (!rightsOf(principal, holder, now, action).covers(where)) {
                throw Problem.NOT_PERMITTED
                        .because(
                                "nobody gives more than they hold: you lack %s on %s"
                                        .formatted(action, where))
                        .with("action", action);
            }
        }
    }

    @Override
    public void requireHolds(Handle tx, Principal principal, Role role) {
        requireHolds(tx, principal, role.actions(), role.own(), "of the role " + role);
    }

    @Override
    public void requireHolds(Handle tx, Principal principal, Set<Action> actions) {
        requireHolds(tx, principal, actions, Set.of(), "on everything in the tenant");
    }

    private void requireHolds(
            Handle tx, Principal principal, Set<Action> actions, Set<Action> own, String what) {
        var now = rights.load(tx, principal.tenant());
        for (var action : actions) {
            boolean reaches = own.contains(action) || seesAll(principal, action, now);
            if (!reaches || !rightsOf(principal, now, action).covers(EVERYTHING)) {
                throw Problem.NOT_PERMITTED
                        .because(
                                "nobody gives more than they hold: you lack %s %s"
                                        .formatted(action, what))
                        .with("action", action);
            }
        }
    }

    private Snapshot active(TenantId tenant) {
        tenants.requireActive(tenant);
        return rights.snapshot(tenant);
    }

    /// @param holder whose rights decide: the principal, or the tenant that a visitor comes from
    private boolean may(
            Principal principal, UUID holder, Snapshot snapshot, Action action, String resource) {
        return isNamed(principal, action)
                && isInPlace(principal.tenant(), action)
                && (!OWN.contains(action) || seesAll(principal, action, snapshot))
                && (!WHOLE.contains(action) || isFreeBelow(principal, snapshot, action, resource))
                && switch (principal.kind()) {
                    case SERVICE -> SERVICE.contains(action);
                    case USER, MACHINE, LINK -> {
                        var now = clock.instant();
                        yield snapshot.rights(holder, now).allows(action, resource, now);
                    }
                    case ANONYMOUS, TENANT -> false;
                };
    }

    private boolean isFreeBelow(
            Principal principal, Snapshot snapshot, Action action, String folder) {
        return rightsOf(principal, snapshot, action).isFreeIn(PathPattern.below(folder));
    }

    /// {@return where the principal may do it: an empty set is nowhere}
    private PathSet rightsOf(Principal principal, Snapshot snapshot, Action action) {
        return rightsOf(principal, principal.id(), snapshot, action);
    }

    private PathSet rightsOf(Principal principal, UUID holder, Snapshot snapshot, Action action) {
        if (!isNamed(principal, action) || !isInPlace(principal.tenant(), action)) {
            return PathSet.NOWHERE;
        }
        return switch (principal.kind()) {
            case SERVICE -> SERVICE.contains(action) ? PathSet.EVERYWHERE : PathSet.NOWHERE;
            case USER, MACHINE, LINK -> {
                var now = clock.instant();
                yield snapshot.rights(holder, now).paths(action, now);
            }
            case ANONYMOUS, TENANT -> PathSet.NOWHERE;
        };
    }

    /// {@return whether a token that was narrowed names the action; true for everybody else}
    private static boolean isNamed(Principal principal, Action action) {
        return principal.standing().only().map(names -> names.contains(action.name())).orElse(true);
    }

    /// {@return whether this is a tenant in which the action can be allowed at all}
    static boolean isInPlace(TenantId tenant, Action action) {
        return !PLATFORM.contains(action) || tenant.equals(TenantId.DEFAULT);
    }

    /// {@return whether somebody may do it only shortly after giving the password}
    static boolean asksForPassword(Action action) {
        return FRESH.contains(action);
    }

    private Optional<Refusal> whyNot(
            Principal principal, Action action, boolean allowed, boolean fresh) {
        if (!allowed) {
            return Optional.of(notPermitted(action));
        }
        return fresh && !isFresh(principal)
                ? Optional.of(
                        Problem.STEP_UP_REQUIRED
                                .because("give your password again, then repeat the request")
                                .with("action", action))
                : Optional.empty();
    }

    /// A token is narrowed to names, so one that holds the action names it.
    private boolean isFresh(Principal principal) {
        var standing = principal.standing();
        var now = clock.instant();
        return standing.only().isPresent()
                || standing.confirmed()
                        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(STEP_UP)))
                        .isPresent();
    }

    /// {@return whether there is such a thing as one's own of it}
    static boolean hasOwn(Action action) {
        return OWN.contains(action) || action == Action.MANAGE_TOKEN;
    }

    /// {@return whether the set is the whole tenant, not only what is the principal's own}
    private boolean seesAll(Principal principal, Action action, Snapshot snapshot) {
        var now = clock.instant();
        return !hasOwn(action) || snapshot.rights(principal.id(), now).reachesAll(action, now);
    }

    private Refusal refuse(Principal principal, Action action, String resource, Refusal why) {
        ledger.record(principal, new AccessEvent.Refused(action, resource, why.problem().code()));
        throw why;
    }

    private static Refusal notPermitted(Action action) {
        return Problem.NOT_PERMITTED
                .because("your role does not allow " + action)
                .with("action", action);
    }
}
