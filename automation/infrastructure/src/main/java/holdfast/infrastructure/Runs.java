package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.estate.Run;
import holdfast.kernel.Cursor;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.vcf.BringUp;
import holdfast.vcf.Fetched;
import holdfast.vcf.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What people do with runs: begin one, wait for it, look at old ones, decide about one that is held, bring a file.
///
/// The methods are those of [Environments], with its permits.
final class Runs {
    private final Ground ground;
    private final Ground.Stores stores;
    private final Syncs syncs;
    private final HeldRuns held;
    private final JsonMapper json = JsonMapper.builder().build();

    Runs(Ground ground, Ground.Stores stores, Syncs syncs, HeldRuns held) {
        this.ground = ground;
        this.stores = stores;
        this.syncs = syncs;
        this.held = held;
    }

    Run sync(Permit permit, UUID id, Optional<SourceKind> only) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var sources = ground.database().read(tenant, tx -> stores.sourcesOf(tx, tenant, id));
        var kinds =
                sources.stream()
                        .filter(source ->
                                source.configured()
                                        && only.filter(kind -> kind != source.kind()).isEmpty())
                        .map(SourceRow::kind)
                        .toList();
        if (kinds.isEmpty()) {
            throw Problem.CONFLICT.because("this environment has no such source; add one first");
        }
        return syncs.start(new Syncs.Start(permit.principal(), id, kinds, Run.Trigger.MANUAL));
    }

    Run await(Permit permit, UUID id, UUID run, Duration patience) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        syncs.await(run, patience);
        return syncs.find(permit.tenant(), id, run);
    }

    Page<Run> list(
            Permit permit,
            UUID id,
            Optional<Run.Status> status,
            Optional<String> cursor,
            int limit) {
        permit.requireFor(Action.READ_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        var after =
                cursor.map(Cursor::read)
                        .map(place -> new RunStore.After(place.instant(), place.id()));
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            stores.environment(tx, tenant, id);
                            var found =
                                    stores.runs().window(tx, tenant, id, status, after, limit + 1);
                            var next =
                                    Cursor.next(
                                            found,
                                            limit,
                                            run -> Cursor.of(run.started(), run.id()));
                            return new Page<>(
                                    Cursor.shown(found, limit),
                                    next,
                                    stores.runs().count(tx, tenant, id, status));
                        });
    }

    Run read(Permit permit, UUID id, UUID run) {
        permit.requireFor(Action.READ_ENVIRONMENT, Environments.resource(id));
        return syncs.find(permit.tenant(), id, run);
    }

    Progress.View progress(Permit permit, UUID id, UUID run, long seen, Duration patience) {
        var stored = read(permit, id, run);
        return syncs.progress(run)
                .map(progress -> progress.after(seen, patience))
                .orElseGet(() -> elsewhere(stored, seen, patience));
    }

    /// A run that has ended, or goes on at another node.
    private static Progress.View elsewhere(Run stored, long seen, Duration patience) {
        boolean ended = stored.status() != Run.Status.RUNNING;
        if (!ended) {
            new Progress().await(patience); // of which nothing comes
        }
        return new Progress.View(seen, ended, List.of());
    }

    Run decide(Permit permit, UUID id, UUID run, boolean apply) {
        permit.requireFor(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        return decide(permit, syncs.find(permit.tenant(), id, run), apply);
    }

    Run importBringUp(Permit permit, UUID id, byte[] file) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var tenant = permit.tenant();
        try (var read = bringUp(file)) {
            ground.database()
                    .write(
                            tenant,
                            tx -> {
                                stores.environment(tx, tenant, id);
                                if (stores.sources()
                                        .find(tx, tenant, id, SourceKind.INSTALLER)
                                        .isEmpty()) {
                                    stores.sources()
                                            .insert(
                                                    tx,
                                                    tenant,
                                                    SourceRow.unset(
                                                            id,
                                                            SourceKind.INSTALLER,
                                                            ground.ids().next(),
                                                            0));
                                }
                                return true;
                            });
            return syncs.bring(
                    new Syncs.Start(
                            permit.principal(),
                            id,
                            List.of(SourceKind.INSTALLER),
                            Run.Trigger.FILE),
                    () -> read);
        }
    }

    private Fetched bringUp(byte[] file) {
        try {
            var spec = json.readTree(file);
            if (!spec.isObject()) {
                throw Problem.MALFORMED.because("a bring-up file is a JSON object");
            }
            var read = BringUp.read(spec, "bring-up");
            if (read.rows().isEmpty()) {
                throw Problem.MALFORMED.because(
                        "the file holds no password that is known or looks like one");
            }
            return read;
        } catch (JacksonException e) {
            throw Problem.MALFORMED.because("the file is not JSON");
        }
    }

    private Run decide(Permit permit, Run run, boolean apply) {
        var tenant = permit.tenant();
        var holding =
                ground
                        .database()
                        .read(tenant, tx -> stores.sources().of(tx, tenant, run.environmentId()))
                        .stream()
                        .filter(source -> source.heldRun().equals(Optional.of(run.id())))
                        .toList();
        if (holding.isEmpty()) {
            throw Problem.CONFLICT.because("this run does not wait for anybody");
        }
        var start =
                new Syncs.Start(
                        permit.principal(),
                        run.environmentId(),
                        holding.stream().map(SourceRow::kind).toList(),
                        run.trigger());
        return held.decide(start, run, holding, apply);
    }

    /// Does a change that removes sources: in one write with the end of what they brought.
    void retire(Permit permit, UUID environment, List<SourceRow> removed, Consumer<Handle> change) {
        if (removed.isEmpty()) {
            ground.database()
                    .write(
                            permit.tenant(),
                            tx -> {
                                change.accept(tx);
                                return true;
                            });
        } else {
            var kinds = removed.stream().map(SourceRow::kind).toList();
            syncs.retire(
                    new Syncs.Start(permit.principal(), environment, kinds, Run.Trigger.MANUAL),
                    change);
        }
    }
}
