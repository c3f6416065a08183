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
    User withPassword(String hash, boolean mustChangeIt) {
        return changed(fullName, email, hash, mustChangeIt, disabled);
    }

    User withDisabled(boolean closed) {
        return changed(fullName, email, password, mustChange, closed);
    }

    User withProfile(String newName, String newEmail) {
        return changed(newName, newEmail, password, mustChange, disabled);
    }

    private User changed(
            String newName, String newEmail, String hash, boolean mustChangeIt, boolean closed) {
        return new User(
                id,
                name,
                newName,
                newEmail,
                hash,
                mustChangeIt,
                closed,
                created,
                lastSignIn,
                version + 1);
    }

    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
