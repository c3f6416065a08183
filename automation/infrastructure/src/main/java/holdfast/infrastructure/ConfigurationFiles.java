package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.crypto.Crypto;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The configuration of environments as a file, out and in. Passwords only when asked, sealed with a passphrase
/// (docs/formats/environments.md).
final class ConfigurationFiles {
    private final Ground ground;
    private final Ground.Stores stores;
    private final StoredEnvironments environments;
    private final SourceSettings settings;
    private final ConfigurationDocument documents;

    ConfigurationFiles(
            Ground ground,
            Ground.Stores stores,
            StoredEnvironments environments,
            Syncs syncs,
            Crypto crypto) {
        this.ground = ground;
        this.stores = stores;
        this.environments = environments;
        this.settings = new SourceSettings(ground);
        this.documents = new ConfigurationDocument(crypto, syncs::open);
    }

    /// What to do with a name that is there already.
    enum Existing {
        REFUSE,
        SKIP,
        REPLACE;

        static Existing of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// What an import did, or would do.
    record Imported(
            List<String> created,
            List<String> replaced,
            List<String> skipped,
            List<String> withoutPassword,
            boolean dryRun) {}

    /// @param permit   MANAGE_ENVIRONMENT on [Environments#ANY]
    /// @param taking   EXPORT_CREDENTIAL on [Environments#ANY], with a passphrase only
    /// @param wanted   empty for all
    Map<String, Object> export(
            Permit permit,
            Optional<Permit> taking,
            Set<UUID> wanted,
            Optional<SecretBytes> passphrase) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.ANY);
        if (passphrase.isPresent()) {
            taking.orElseThrow().requireFor(Action.EXPORT_CREDENTIAL, Environments.ANY);
        }
        var tenant = permit.tenant();
        record Read(List<EnvironmentStore.Row> rows, List<SourceRow> sources) {}
        var read =
                ground.database()
                        .read(
                                tenant,
                                tx ->
                                        new Read(
                                                stores
                                                        .environments()
                                                        .names(tx, tenant)
                                                        .keySet()
                                                        .stream()
                                                        .filter(id ->
                                                                wanted.isEmpty()
                                                                        || wanted.contains(id))
                                                        .flatMap(id ->
                                                                stores
                                                                        .environments()
                                                                        .find(tx, tenant, id)
                                                                        .stream())
                                                        .sorted(
                                                                java.util.Comparator.comparing(
                                                                        EnvironmentStore.Row::name))
                                                        .toList(),
                                                stores.sources().all(tx, tenant)));
        ground.ledger()
                .record(
                        permit.principal(),
                        new InfrastructureEvent.Configured(
                                false,
                                read.rows().stream().map(EnvironmentStore.Row::name).toList(),
                                passphrase.isPresent(),
                                false));
        return documents.write(
                tenant, ground.clock().instant(), read.rows(), read.sources(), passphrase);
    }

    /// Brings everything in, or nothing.
    ///
    /// @param permit MANAGE_ENVIRONMENT on [Environments#ANY]
    /// @throws Refusal MALFORMED, INVALID, CONFLICT
    Imported read(
            Permit permit,
            String document,
            Optional<SecretBytes> passphrase,
            Existing existing,
            boolean dryRun) {
        permit.requireFor(Action.MANAGE_ENVIRONMENT, Environments.ANY);
        var drafts = documents.read(document, passphrase);
        try {
            return bring(permit, drafts, existing, dryRun, passphrase.isPresent());
        } finally {
            drafts.forEach(EnvironmentDraft::close);
        }
    }

    /// One environment to write: over another one, or new.
    private record Writing(
            EnvironmentStore.Row row,
            List<SourceRow> sources,
            Optional<EnvironmentStore.Row> before,
            Set<SourceKind> known) {
        boolean trustsAnybody() {
            return sources.stream().anyMatch(source -> source.trust().mode() == Trust.Mode.OFF);
        }
    }

    private Imported bring(
            Permit permit,
            List<EnvironmentDraft> drafts,
            Existing existing,
            boolean dryRun,
            boolean withPasswords) {
        var tenant = permit.tenant();
        var created = new ArrayList<String>();
        var replaced = new ArrayList<String>();
        var skipped = new ArrayList<String>();
        var without = new ArrayList<String>();
        var writings = new ArrayList<Writing>();
        var now = ground.clock().instant();
        for (var draft : drafts) {
            draft.requireValid();
            var before =
                    ground.database()
                            .read(
                                    tenant,
                                    tx -> stores.environments().named(tx, tenant, draft.name()));
            if (before.isPresent() && existing == Existing.REFUSE) {
                throw Problem.CONFLICT
                        .because("an environment named %s is there already".formatted(draft.name()))
                        .with("name", draft.name());
            }
            if (before.isPresent() && existing == Existing.SKIP) {
                skipped.add(draft.name());
                continue;
            }
            var writing = writing(tenant, draft, before, now);
            if (writing.sources().stream()
                    .anyMatch(source -> source.configured() && source.password().isEmpty())) {
                without.add(draft.name());
            }
            (before.isPresent() ? replaced : created).add(draft.name());
            writings.add(writing);
        }
        if (!dryRun) {
            write(permit, writings, withPasswords);
        }
        return new Imported(created, replaced, skipped, without, dryRun);
    }

    private Writing writing(
            TenantId tenant,
            EnvironmentDraft draft,
            Optional<EnvironmentStore.Row> before,
            Instant now) {
        var old =
                before.map(row ->
                                ground.database()
                                        .read(
                                                tenant,
                                                tx -> stores.sources().of(tx, tenant, row.id())))
                        .orElse(List.of());
        var row =
                before.map(known ->
                                new EnvironmentStore.Row(
                                        known.id(),
                                        draft.name(),
                                        draft.description().orElse(""),
                                        known.created(),
                                        now,
                                        known.version() + 1))
                        .orElseGet(() ->
                                new EnvironmentStore.Row(
                                        ground.ids().next(),
                                        draft.name(),
                                        draft.description().orElse(""),
                                        now,
                                        now,
                                        1));
        var sources = settings.rows(tenant, row.id(), draft, SourceSettings.byKind(old), now);
        return new Writing(row, sources, before, SourceSettings.byKind(old).keySet());
    }

    private void write(Permit permit, List<Writing> writings, boolean withPasswords) {
        var tenant = permit.tenant();
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            for (var writing : writings) {
                                boolean done =
                                        writing.before().isPresent()
                                                ? stores.environments()
                                                        .update(tx, tenant, writing.row())
                                                : stores.environments()
                                                        .insert(tx, tenant, writing.row());
                                if (!done) {
                                    throw Problem.CONFLICT.because(
                                            "an environment changed in the meantime; import again");
                                }
                                for (var source : writing.sources()) {
                                    if (writing.known().contains(source.kind())) {
                                        stores.sources().configure(tx, tenant, source);
                                    } else {
                                        stores.sources().insert(tx, tenant, source);
                                    }
                                }
                            }
                            ground.ledger()
                                    .append(
                                            tx,
                                            permit.principal(),
                                            new InfrastructureEvent.Configured(
                                                    true,
                                                    writings.stream()
                                                            .map(writing -> writing.row().name())
                                                            .toList(),
                                                    withPasswords,
                                                    writings.stream()
                                                            .anyMatch(Writing::trustsAnybody)));
                            return true;
                        });
        writings.forEach(writing -> environments.replan(tenant, writing.row().id()));
    }
}
