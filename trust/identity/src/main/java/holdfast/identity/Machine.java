package holdfast.identity;

import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A program with rights of its own. It belongs to one tenant, has no password and no session, and acts by API tokens.
///
/// @param name     unique in its tenant
/// @param disabled whether its tokens open nothing
/// @param lastUsed when one of its tokens was last used
/// @param version  from 1, grows with every change
record Machine(
        TenantId tenant,
        UUID id,
        String name,
        String description,
        boolean disabled,
        Instant created,
        Optional<Instant> lastUsed,
        long version) {
    Machine withDisabled(boolean closed) {
        return changed(description, closed);
    }

    Machine withDescription(String text) {
        return changed(text, disabled);
    }

    private Machine changed(String text, boolean closed) {
        return new Machine(tenant, id, name, text, closed, created, lastUsed, version + 1);
    }
}
