package holdfast.infrastructure;

import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.Environment;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Page;
import holdfast.vcf.SourceKind;
import holdfast.vcf.TestResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps environments and their sources, and syncs them. Safe to call from many threads.
public interface Environments {
    /// What a permit names when it is about no environment yet.
    String ANY = "environment";

    /// {@return what a permit names for one environment}
    static String resource(UUID id) {
        return "environment/" + id;
    }

    /// @param scope READ_ENVIRONMENT
    Page<Environment> list(Scope scope, Query query);

    /// What a list asks for.
    ///
    /// @param sort  `name`, `created` or `lastSync`, with `-` before it for the other way round
    /// @param limit 1 to 1,000
    record Query(
            Optional<String> text,
            Optional<SourceStatus> status,
            String sort,
            Optional<String> cursor,
            int limit) {}

    /// @param permit READ_ENVIRONMENT on the environment
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Environment read(Permit permit, UUID id);

    /// @param permit MANAGE_ENVIRONMENT on [#ANY]
    /// @throws holdfast.kernel.Refusal INVALID (a name that is taken too)
    Environment create(Permit permit, EnvironmentDraft draft);

    /// Replaces the configuration. What a removed source brought becomes history in the same write.
    ///
    /// @param permit   MANAGE_ENVIRONMENT on the environment
    /// @param expected the version that was seen
    /// @throws holdfast.kernel.Refusal NOT_FOUND, INVALID, VERSION_CONFLICT, and ALREADY_RUNNING (with `run`) while a
    ///     source that would go is being synced
    Environment update(Permit permit, UUID id, EnvironmentDraft draft, long expected);

    /// Deletes the environment with all it has.
    ///
    /// @param permit MANAGE_ENVIRONMENT on the environment
    /// @param name   typed again
    /// @throws holdfast.kernel.Refusal NOT_FOUND, INVALID
    void delete(Permit permit, UUID id, String name);

    /// Looks at an address that is not saved. Nothing but a handshake happens before its certificate is trusted.
    ///
    /// @param permit MANAGE_ENVIRONMENT on [#ANY]
    TestResult test(Permit permit, Probe probe);

    /// @param login empty user or password: only the certificate is looked at
    record Probe(SourceKind kind, EnvironmentDraft.Source login) {}

    /// Tries the saved sources with their stored logins.
    ///
    /// @param permit SYNC_ENVIRONMENT on the environment
    Map<SourceKind, TestResult> test(Permit permit, UUID id);

    /// Begins a run and returns while it goes on.
    ///
    /// @param permit SYNC_ENVIRONMENT on the environment
    /// @param only   one source; empty for all that are configured
    /// @throws holdfast.kernel.Refusal NOT_FOUND, ALREADY_RUNNING, CONFLICT without a source
    Run sync(Permit permit, UUID id, Optional<SourceKind> only);

    /// Waits for the end of a run, at most `patience`.
    ///
    /// @param permit SYNC_ENVIRONMENT on the environment
    Run await(Permit permit, UUID id, UUID run, Duration patience);

    /// @param permit READ_ENVIRONMENT on the environment
    Page<Run> runs(
            Permit permit,
            UUID id,
            Optional<Run.Status> status,
            Optional<String> cursor,
            int limit);

    /// @param permit READ_ENVIRONMENT on the environment
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Run run(Permit permit, UUID id, UUID run);

    /// Waits for a step of a run that goes on, at most `patience`.
    ///
    /// @param permit READ_ENVIRONMENT on the environment
    /// @param seen   the edition that is known; 0 at first
    /// @return without sources when the run has ended, or goes on at another node and nothing is known of its steps
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Progress.View progress(Permit permit, UUID id, UUID run, long seen, Duration patience);

    /// Shows what a held run found, or drops it.
    ///
    /// @param permit SYNC_ENVIRONMENT on the environment
    /// @throws holdfast.kernel.Refusal NOT_FOUND, CONFLICT
    Run decide(Permit permit, UUID id, UUID run, boolean apply);

    /// Reads a bring-up file as what the Installer would tell.
    ///
    /// @param permit MANAGE_ENVIRONMENT on the environment
    /// @param file   JSON
    /// @throws holdfast.kernel.Refusal NOT_FOUND, MALFORMED, ALREADY_RUNNING
    Run importBringUp(Permit permit, UUID id, byte[] file);
}
