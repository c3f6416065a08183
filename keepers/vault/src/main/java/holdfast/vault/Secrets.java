package holdfast.vault;

import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Differences;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Keeps secrets and every version they still have. Safe to call from many threads.
///
/// A permit is for the path of the secret. A change names the version it was made from, and makes the next one.
public interface Secrets {
    /// Stores a new secret.
    ///
    /// @param permit WRITE_SECRET on the path
    /// @throws holdfast.kernel.Refusal CONFLICT when the name is taken, SEALED
    Secret create(Permit permit, Draft draft);

    /// {@return one window of the secrets that match and that the caller may see}
    ///
    /// @param scope READ_SECRET
    Listing list(Scope scope, SecretQuery query);

    /// {@return the folders and secrets' services directly below a folder, of which the caller may see something}
    ///
    /// @param scope READ_SECRET
    List<Folder> folders(Scope scope, Optional<String> under);

    /// @param permit READ_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Secret read(Permit permit, UUID id);

    /// @param permit READ_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Secret find(Permit permit, SecretName name);

    /// Opens one value; its event is durable before the value leaves.
    ///
    /// @param permit REVEAL_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, SEALED
    Opened open(Permit permit, UUID id, Use use);

    /// {@return a secret that can be opened, as the transaction sees it}
    ///
    /// @param permit READ_SECRET or REVEAL_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Secret requireKept(Permit permit, Handle tx, UUID id);

    /// Stores a new value.
    ///
    /// @param permit WRITE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT, SEALED
    Secret put(Permit permit, UUID id, NewValue value, int expected);

    /// Changes what is known beside the value.
    ///
    /// @param permit WRITE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT, SEALED
    Secret change(Permit permit, UUID id, Change change, int expected);

    /// Makes a new version that has the value and details of an older one.
    ///
    /// @param permit WRITE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT, SEALED
    Secret rollBack(Permit permit, UUID id, int to, String why, int expected);

    /// {@return what is kept, newest first, without values}
    ///
    /// @param permit READ_SECRET on the path
    List<Secret.Version> versions(Permit permit, UUID id);

    /// {@return what differs between two versions}
    ///
    /// @param permit READ_SECRET on the path
    /// @param reveal REVEAL_SECRET on the path; without it, values stay closed
    /// @throws holdfast.kernel.Refusal NOT_FOUND, SEALED
    Comparison compare(Permit permit, Optional<Permit> reveal, UUID id, int from, int to);

    /// {@return who reads a secret and which versions, from the ledger}
    ///
    /// @param permit READ_SECRET on the path
    Usage usage(Permit permit, UUID id);

    /// Takes a secret out of use. It can be undeleted until it is destroyed.
    ///
    /// @param permit DELETE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, VERSION_CONFLICT
    Secret delete(Permit permit, UUID id, int expected);

    /// @param permit DELETE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when it is not deleted
    Secret undelete(Permit permit, UUID id);

    /// Removes a deleted secret with every version. Its name is free again; the ledger still knows it.
    ///
    /// @param permit DELETE_SECRET on the path
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT when it is not deleted
    void destroy(Permit permit, UUID id);

    /// A secret to be made. Its content is closed by the room.
    record Draft(SecretName name, Content content, Details details, Upkeep upkeep) {}

    /// @param content closed by the room
    /// @param why     what the author says of the change
    record NewValue(Content content, String why) {}

    /// What a value is opened for.
    ///
    /// @param version empty for the active one
    /// @param known   versions that the caller has already: they are not sent again
    /// @param purpose of a person; empty for a program
    record Use(Optional<Integer> version, Set<Long> known, Optional<Purpose> purpose) {
        public Use {
            known = Set.copyOf(known);
        }
    }

    /// What else is written when a secret is opened or changed.
    @FunctionalInterface
    interface Alongside {
        /// @param version that is opened, or that the secret is at now
        void write(Handle tx, int version);
    }

    /// Why a person asks for a value.
    enum Purpose {
        VIEW,
        COPY
    }

    /// A value that may leave.
    sealed interface Opened {
        /// @param current whether it is the active version
        record Value(UUID id, int version, boolean current, Content content) implements Opened {}

        /// The caller has it already.
        record Unchanged(int version) implements Opened {}
    }

    /// One window of a list.
    ///
    /// @param next  cursor of the following window
    /// @param total how many match and may be seen, when asked for
    record Listing(List<Secret> items, Optional<String> next, Optional<Long> total) {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /// @param service the whole path of the folder
    /// @param name    its last segment
    record Folder(String service, String name) {}

    /// @param completeSince events before it have lost their details to the retention, so uses may be missing
    record Usage(List<Reader> readers, List<OfVersion> versions, Optional<Instant> completeSince) {
        public Usage {
            readers = List.copyOf(readers);
            versions = List.copyOf(versions);
        }
    }

    /// @param version the newest that it has read
    /// @param reads   of all versions
    record Reader(Secret.Author reader, int version, long reads, Instant last) {}

    /// @param safeToRevoke whether every reader of it has read a newer one since
    record OfVersion(int version, long reads, Optional<Instant> last, boolean safeToRevoke) {}

    /// What differs between two versions.
    ///
    /// @param details what is known beside the value, by member
    /// @param values  by line or by member of a JSON object; empty when they were not to be opened
    record Comparison(
            int from,
            int to,
            boolean sameValue,
            List<Differences.OfDetail> details,
            Optional<List<Differences.OfValue>> values) {}
}
