package holdfast.administration;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.Permit;
import holdfast.access.Role;
import holdfast.cluster.Jobs;
import holdfast.identity.People;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenant.Status;
import holdfast.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Makes, changes, suspends and deletes tenants. Each change is one transaction with its event.
///
/// A deletion is three steps: nobody is served any more; a job destroys the tenant's keys; then it forgets the tenant
/// and leaves a receipt. Whatever is cut short is taken up by the next run.
final class TenantLife {
    /// The job that deletes.
    static final String JOB = "tenant-delete";

    /// What a permit names.
    static final String RESOURCE = "tenant";

    /// How long a platform administrator may give itself a role in a tenant.
    private static final Duration VISIT = Duration.ofHours(24);

    private static final UUID SHREDDER = new UUID(0x686f6c6466617374L, 0x7368726564L);
    private static final int MOST = 100_000;

    private final Database database;
    private final Tenants tenants;
    private final AccessRoom access;
    private final People people;
    private final Shredding shredding;
    private final Jobs jobs;
    private final Ledger ledger;
    private final InstantSource clock;

    TenantLife(
            Database database,
            Tenants tenants,
            AccessRoom access,
            People people,
            Shredding shredding,
            Jobs jobs,
            Ledger ledger,
            InstantSource clock) {
        this.database = database;
        this.tenants = tenants;
        this.access = access;
        this.people = people;
        this.shredding = shredding;
        this.jobs = jobs;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// @throws Refusal CONFLICT when one has the name
    void create(Permit permit, Tenant tenant) {
        if (tenants.all().size() >= MOST) {
            throw Problem.CONFLICT.because("there are %d tenants".formatted(MOST));
        }
        changing(
                permit,
                tenant.id(),
                tx -> {
                    tenants.add(tx, tenant);
                    return new TenantEvents.Made(tenant);
                });
    }

    /// @throws Refusal NOT_FOUND, VERSION_CONFLICT
    void change(Permit permit, TenantId id, long seen, Function<Tenant, Tenant> change) {
        changing(
                permit,
                id,
                tx -> {
                    var stored = living(tx, id);
                    if (stored.version() != seen) {
                        throw Problem.VERSION_CONFLICT
                                .because("the tenant is at version " + stored.version())
                                .with("version", stored.version());
                    }
                    var next = change.apply(stored);
                    tenants.replace(tx, next);
                    return new TenantEvents.Changed(next);
                });
    }

    void limit(Permit permit, TenantId id, Map<Quota, OptionalLong> limits) {
        changing(
                permit,
                id,
                tx -> {
                    living(tx, id);
                    tenants.limit(tx, id, limits);
                    return new TenantEvents.Limited(id, limits);
                });
    }

    /// From the next request on nobody is served in the tenant.
    ///
    /// @throws Refusal NOT_FOUND; CONFLICT for the tenant that the server came with
    void suspend(Permit permit, TenantId id) {
        changing(
                permit,
                id,
                tx -> new TenantEvents.Suspended(moved(tx, other(tx, id), Status.SUSPENDED)));
    }

    void activate(Permit permit, TenantId id) {
        changing(
                permit,
                id,
                tx -> new TenantEvents.Activated(moved(tx, living(tx, id), Status.ACTIVE)));
    }

    /// Begins a deletion; the job ends it.
    ///
    /// @param typed the tenant's name, as a person typed it
    /// @throws Refusal NOT_FOUND; INVALID for another name; CONFLICT for the tenant that the server came with
    void delete(Permit permit, TenantId id, String typed) {
        changing(
                permit,
                id,
                tx -> {
                    var tenant = other(tx, id);
                    if (!tenant.name().equals(typed)) {
                        throw AccessForms.bad("?name", "not-one-of", "the name of the tenant");
                    }
                    return new TenantEvents.DeletionBegun(moved(tx, tenant, Status.DISABLED));
                });
        jobs.runNow(JOB);
    }

    /// Ends every deletion that has begun: the keys first, then the rest with the receipt.
    void finish() {
        tenants.refresh();
        for (var tenant : tenants.all()) {
            if (tenant.status() == Status.DISABLED) {
                shred(tenant);
            }
        }
    }

    private void shred(Tenant tenant) {
        var receipt = shredding.shred(tenant);
        var actor =
                new Principal(
                        SHREDDER,
                        Principal.Kind.SERVICE,
                        "shredder",
                        TenantId.DEFAULT,
                        Origin.INTERNAL);
        try {
            database.writePlatform(tx -> {
                if (tenants.find(tx, tenant.id()).isPresent()) {
                    access.roles().dissolve(tx, tenant.id());
                    tenants.remove(tx, tenant.id());
                    ledger.append(tx, actor, receipt);
                }
                return true;
            });
        } finally {
            tenants.refresh(tenant.id());
            access.roles().refresh(tenant.id());
        }
    }

    /// Gives a user a role in a tenant. The event is the tenant's own.
    ///
    /// @throws Refusal NOT_FOUND, INVALID, CONFLICT; QUOTA_EXCEEDED
    Assignment add(Permit permit, TenantId id, TenantForms.MemberForm form) {
        permit.requireFor(Action.MANAGE_TENANT, RESOURCE);
        var now = clock.instant();
        var expires = AccessForms.later(form.expires(), now);
        return within(
                permit,
                id,
                tx -> {
                    var user = user(tx, form.username());
                    requireVisit(permit, user, now, expires.orElse(Instant.MAX));
                    var assignment =
                            new Assignment(
                                    user,
                                    Principal.Kind.USER,
                                    form.role(),
                                    now,
                                    permit.principal().id(),
                                    permit.principal().kind(),
                                    expires,
                                    AccessForms.noted(form.metadata()));
                    access.roles().add(tx, id, assignment);
                    ledger.append(
                            tx,
                            permit.principal().in(id),
                            new TenantEvents.MemberAdded(user, form.role(), expires));
                    return assignment;
                });
    }

    private UUID user(Handle tx, String username) {
        return people.named(tx, username)
                .orElseThrow(() -> AccessForms.bad("/username", "unknown", "nobody signs in so"));
    }

    /// Whoever runs the server looks into a tenant by a role that ends, and that the tenant's own ledger tells of.
    private static void requireVisit(Permit permit, UUID user, Instant now, Instant end) {
        if (user.equals(permit.principal().id()) && end.isAfter(now.plus(VISIT))) {
            throw AccessForms.bad(
                    "/expires", "out-of-range", "within 24 hours, for a role of your own");
        }
    }

    /// Takes every role and grant in the tenant from a user.
    ///
    /// @throws Refusal NOT_FOUND; CONFLICT for the last administrator
    void remove(Permit permit, TenantId id, UUID user) {
        permit.requireFor(Action.MANAGE_TENANT, RESOURCE);
        within(
                permit,
                id,
                tx -> {
                    boolean machine = people.machines(tx, id, List.of(user)).containsKey(user);
                    if (machine || !access.roles().isMember(tx, id, user)) {
                        throw Problem.NOT_FOUND.because("there is no such user in the tenant");
                    }
                    var administrators = access.roles().holders(tx, id, Role.ADMIN);
                    access.roles().leave(tx, id, user);
                    if (administrators.contains(user)) {
                        access.roles().requireKeeper(tx, id, one -> people.canSignIn(tx, one));
                    }
                    ledger.append(
                            tx, permit.principal().in(id), new TenantEvents.MemberRemoved(user));
                    return user;
                });
    }

    private <T> T within(Permit permit, TenantId id, Function<Handle, T> change) {
        try {
            return database.writePlatform(tx -> {
                access.policy().recheck(tx, permit);
                living(tx, id);
                return change.apply(tx);
            });
        } finally {
            access.roles().refresh(id);
        }
    }

    private void changing(Permit permit, TenantId tenant, Function<Handle, Event> change) {
        permit.requireFor(Action.MANAGE_TENANT, RESOURCE);
        try {
            database.writePlatform(tx -> {
                access.policy().recheck(tx, permit);
                ledger.append(tx, permit.principal(), change.apply(tx));
                return true;
            });
        } finally {
            tenants.refresh(tenant);
        }
    }

    private Tenant moved(Handle tx, Tenant tenant, Status status) {
        var next = tenant.with(status, clock.instant());
        tenants.replace(tx, next);
        return next;
    }

    /// {@return a tenant that is not being deleted}
    Tenant living(Handle tx, TenantId id) {
        return tenants.find(tx, id)
                .filter(tenant -> tenant.status() != Status.DISABLED)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such tenant"));
    }

    private Tenant other(Handle tx, TenantId id) {
        if (id.equals(TenantId.DEFAULT)) {
            throw Problem.CONFLICT.because("the tenant that the server came with stays");
        }
        return living(tx, id);
    }
}
