package holdfast.ledger;

import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import holdfast.merkle.Checkpoint;
import java.io.OutputStream;
import java.util.List;

/// What makes tampering with the ledger evident: signed tree heads, proofs, and the check of everything.
///
/// Shows the global order of all tenants' events: for operators and auditors of the platform.
public interface Proofs {
    /// {@return a signed head of the ledger as it is now}
    ///
    /// @throws holdfast.kernel.Refusal SEALED; CONFLICT when the ledger does not extend what was signed before
    Checkpoint checkpoint();

    /// Checks every event against its leaf, the order, the stored tree and every head that was signed.
    Verdict verify();

    /// As [#verify()], and against a signed note that was kept elsewhere.
    Verdict verify(String note);

    /// {@return the proof that one event of a tenant is in the newest signed head}
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Inclusion inclusion(TenantId tenant, long sequence);

    /// {@return the proof that the ledger of `to` events begins with the ledger of `from`, RFC 9162 §2.1.4}
    ///
    /// @throws holdfast.kernel.Refusal INVALID unless 1 ≤ from ≤ to ≤ size
    Consistency consistency(long from, long to);

    /// Writes the whole ledger and its heads as a bundle that [LedgerBundle] checks without a database.
    void export(OutputStream out);

    /// As [#export(OutputStream)]; of other tenants' events only the leaf hashes.
    void export(TenantId tenant, OutputStream out);

    /// Signs a statement with the key of the heads.
    ///
    /// @param statement lines, each with its end, none of them empty; the first says what it is
    /// @return a signed note, C2SP signed-note
    /// @throws holdfast.kernel.Refusal SEALED
    String sign(String statement);

    /// {@return whether a statement was signed by a key of the heads, be it one from before a rotation}
    boolean isSigned(String note);

    /// {@return the public keys of the heads, the newest first, with a blank between two: `name+hash+key`, C2SP signed-note}
    String verifierKey();

    /// Two sizes of the ledger, the second an extension of the first.
    ///
    /// @param path RFC 9162 §2.1.4
    record Consistency(Bytes fromRoot, Bytes toRoot, List<Bytes> path) {}

    /// One event in a signed head.
    ///
    /// @param index  the event's place in the tree, from 0
    /// @param record canonical JSON; empty with `salt` once the tenant's retention took it
    /// @param path   RFC 9162 §2.1.3, from the leaf up
    record Inclusion(
            long index,
            Bytes leafHash,
            Bytes salt,
            String record,
            List<Bytes> path,
            Checkpoint checkpoint) {}
}
