package holdfast.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody who may sign in.
///
/// @param password   hash, as [PasswordHashes] makes it
/// @param mustChange until it is changed, nothing but the own password may be changed
/// @param version    from 1, grows with every change an administrator makes
record User(
        UUID id,
        String name,
        String fullName,
        String email,
        String password,
        boolean mustChange,
        boolean disabled,
        Instant created,
        Optional<Instant> lastSignIn,
        long version) {
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
