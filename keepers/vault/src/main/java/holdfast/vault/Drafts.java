package holdfast.vault;

import holdfast.access.Permit;
import holdfast.kernel.Micros;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.Terms;
import holdfast.secret.Upkeep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Works out what a change will write, before the transaction that writes it. Pure but for the sealing.
final class Drafts {
    private Drafts() {}

    static Writing.Prepared first(Sealing sealing, UUID id, Secrets.Draft draft, Row.Stamp stamp) {
        var made = new Row.Stamp(stored(stamp.at()), stamp.by());
        var version =
                sealing.version(id, 1, draft.content(), draft.details(), Sealing.How.CREATED, made);
        var row =
                new Row(
                        id,
                        draft.name(),
                        Secret.State.ACTIVE,
                        1,
                        version.shape(),
                        draft.details(),
                        draft.upkeep(),
                        made,
                        made,
                        Optional.empty(),
                        Optional.empty());
        var words = Terms.of(draft.name(), draft.details());
        return new Writing.Prepared(row, version, 0, Optional.of(words));
    }

    static Row.Version next(
            Sealing sealing,
            Permit permit,
            Row before,
            Content content,
            Details details,
            Sealing.How how,
            Instant now) {
        return sealing.version(
                before.id(),
                before.version() + 1,
                content,
                details,
                how,
                Row.Stamp.of(stored(now), permit.principal()));
    }

    static Writing.Prepared prepared(Row before, Row.Version made, Upkeep upkeep) {
        return new Writing.Prepared(
                before.next(made, upkeep),
                made,
                before.version(),
                made.details().equals(before.details())
                        ? Optional.empty()
                        : Optional.of(Terms.of(before.name(), made.details())));
    }

    /// {@return names of what differs}
    static List<String> changed(Row before, Details details, Upkeep upkeep) {
        var names = new ArrayList<String>();
        note(names, "notes", before.details().notes(), details.notes());
        note(names, "tags", before.details().tags(), details.tags());
        note(names, "metadata", before.details().metadata(), details.metadata());
        note(names, "expires", before.upkeep().expires(), upkeep.expires());
        note(names, "onExpiry", before.upkeep().onExpiry(), upkeep.onExpiry());
        note(names, "keepVersions", before.upkeep().keepVersions(), upkeep.keepVersions());
        note(names, "keepDays", before.upkeep().keepDays(), upkeep.keepDays());
        return names;
    }

    private static void note(List<String> names, String name, Object before, Object after) {
        if (!before.equals(after)) {
            names.add(name);
        }
    }

    /// {@return the time as it will be read again}
    private static Instant stored(Instant at) {
        return Micros.toInstant(Micros.of(at));
    }
}
