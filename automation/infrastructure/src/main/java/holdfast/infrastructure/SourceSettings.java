package holdfast.infrastructure;

import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.SourceStatus;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.seal.Place;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Turns what people say about sources into rows. Passwords are sealed here, and go nowhere but where they were meant to go.
final class SourceSettings {
    private final Ground ground;

    SourceSettings(Ground ground) {
        this.ground = ground;
    }

    /// The sources of one environment before a change.
    static Map<SourceKind, SourceRow> byKind(List<SourceRow> rows) {
        var map = new HashMap<SourceKind, SourceRow>();
        rows.forEach(row -> map.put(row.kind(), row));
        return map;
    }

    static Place passwordPlace(UUID source, int version) {
        return new Place("vcf-source-password", source, version);
    }

    /// @throws Refusal INVALID for each source whose password is neither given nor known
    static void requirePasswords(EnvironmentDraft draft, Map<SourceKind, SourceRow> old) {
        var errors = new ArrayList<FieldError>();
        draft.sources()
                .forEach((kind, source) -> {
                    var before = old.get(kind);
                    boolean known = before != null && before.configured() && goesTo(before, source);
                    if (source.password().isEmpty() && !known) {
                        errors.add(
                                FieldError.of(
                                        "/" + kind.member() + "/password",
                                        "password-required",
                                        "is needed for a new source, and when host, port or user"
                                                + " name change"));
                    }
                });
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// {@return the rows of a draft, over `old` ones}
    List<SourceRow> rows(
            TenantId tenant,
            UUID environment,
            EnvironmentDraft draft,
            Map<SourceKind, SourceRow> old,
            Instant now) {
        return draft.sources().entrySet().stream()
                .map(entry -> {
                    var before = Optional.ofNullable(old.get(entry.getKey()));
                    var unset =
                            SourceRow.unset(
                                    environment,
                                    entry.getKey(),
                                    before.map(SourceRow::id).orElseGet(ground.ids()::next),
                                    before.map(SourceRow::passwordVersion).orElse(0));
                    return row(tenant, unset, entry.getValue(), before, now);
                })
                .toList();
    }

    private SourceRow row(
            TenantId tenant,
            SourceRow unset,
            EnvironmentDraft.Source draft,
            Optional<SourceRow> old,
            Instant now) {
        int version = unset.passwordVersion() + (draft.password().isPresent() ? 1 : 0);
        var sealed =
                draft.password()
                        .map(password ->
                                ground.seal()
                                        .seal(tenant, passwordPlace(unset.id(), version), password))
                        .or(() ->
                                old.filter(before -> goesTo(before, draft))
                                        .flatMap(SourceRow::password));
        int minutes = draft.minutes(unset.kind());
        var next = old.flatMap(SourceRow::lastRun).orElse(now).plusSeconds(minutes * 60L);
        return new SourceRow(
                unset.environment(),
                unset.kind(),
                unset.id(),
                true,
                draft.host(),
                draft.port().orElse(443),
                draft.username(),
                sealed,
                version,
                draft.trust().orElse(Trust.SYSTEM),
                minutes,
                false, // saving it says that it is right again
                old.map(SourceRow::status).orElse(SourceStatus.NEVER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                minutes == 0 || sealed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(next.isAfter(now) ? next : now),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                "",
                "",
                0);
    }

    private static boolean goesTo(SourceRow before, EnvironmentDraft.Source source) {
        return before.host().equalsIgnoreCase(source.host())
                && before.port() == source.port().orElse(443)
                && before.username().equals(source.username());
    }

    /// {@return names of what a change of an environment set anew}
    ///
    /// @param ofSources as the other `changes` names them
    static List<String> changes(
            EnvironmentStore.Row before, EnvironmentStore.Row after, List<String> ofSources) {
        var changes = new ArrayList<String>();
        if (!before.name().equals(after.name())) {
            changes.add("name");
        }
        if (!before.description().equals(after.description())) {
            changes.add("description");
        }
        changes.addAll(ofSources);
        return changes;
    }

    /// {@return names of what a change set anew, for example `sddcManager.password`; never values}
    static List<String> changes(
            Map<SourceKind, SourceRow> old, List<SourceRow> now, EnvironmentDraft draft) {
        var changes = new ArrayList<String>();
        var after = byKind(now);
        for (var kind : SourceKind.values()) {
            var was = Optional.ofNullable(old.get(kind)).filter(SourceRow::configured);
            var is = Optional.ofNullable(after.get(kind));
            if (was.isPresent() != is.isPresent()) {
                changes.add(kind.member());
            } else if (was.isPresent()) {
                difference(changes, kind, was.get(), is.orElseThrow());
                Optional.ofNullable(draft.sources().get(kind))
                        .flatMap(EnvironmentDraft.Source::password)
                        .ifPresent(_ -> changes.add(kind.member() + ".password"));
            }
        }
        return changes;
    }

    private static void difference(
            List<String> changes, SourceKind kind, SourceRow was, SourceRow is) {
        if (!was.host().equals(is.host()) || was.port() != is.port()) {
            changes.add(kind.member() + ".host");
        }
        if (!was.username().equals(is.username())) {
            changes.add(kind.member() + ".username");
        }
        if (!was.trust().equals(is.trust())) {
            changes.add(kind.member() + ".trust");
        }
        if (was.scheduleMinutes() != is.scheduleMinutes()) {
            changes.add(kind.member() + ".scheduleMinutes");
        }
    }
}
