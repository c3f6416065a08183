package holdfast.comparison;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// One state of a credential as it is stored, without its value.
///
/// @param since   generation of its source that shows it first
/// @param domains joined by [#join]
/// @param mark    HMAC of the value, for equality without the value
/// @param expires microseconds; [#NEVER], [#UNKNOWN]
public record Kept(
        UUID id,
        long since,
        SourceKind source,
        State state,
        String externalId,
        Found.Account account,
        String resourceIp,
        String accountType,
        String domains,
        int version,
        Optional<Bytes> mark,
        boolean readable,
        long expires,
        Optional<Instant> expiryChecked,
        String connectivity,
        Optional<Integer> rotateDays,
        Optional<Instant> nextRotation,
        Optional<Instant> changedAtSource,
        Instant changed,
        Instant firstSeen,
        Optional<Instant> lastSeen,
        Optional<Instant> goneSince,
        int drift,
        Optional<UUID> counterpart) {
    public static final long UNKNOWN = Long.MAX_VALUE;
    public static final long NEVER = Long.MAX_VALUE - 1;

    /// Whether the source still has it.
    public enum State {
        PRESENT,
        GONE
    }

    /// How near the end of its validity it is.
    public enum ExpiryState {
        OK,
        DUE_SOON,
        EXPIRED,
        NEVER,
        UNKNOWN
    }

    private static final int MAX_DOMAINS = 400; // characters, so that the grid's index holds them
    private static final int MAX_SEARCH = 500; // characters

    /// What differs between two states of the same credential when its source says something new.
    boolean saysTheSameAs(Kept other) {
        return state == other.state
                && externalId.equals(other.externalId)
                && account.equals(other.account)
                && resourceIp.equals(other.resourceIp)
                && accountType.equals(other.accountType)
                && domains.equals(other.domains)
                && version == other.version
                && readable == other.readable
                && expires == other.expires
                && connectivity.equals(other.connectivity)
                && rotateDays.equals(other.rotateDays)
                && nextRotation.equals(other.nextRotation)
                && changedAtSource.equals(other.changedAtSource);
    }

    /// {@return the same credential, no longer at its source}
    Kept gone(long generation, Optional<Instant> seen, Instant now) {
        return new Kept(
                id,
                generation,
                source,
                State.GONE,
                externalId,
                account,
                resourceIp,
                accountType,
                domains,
                version,
                mark,
                readable,
                expires,
                expiryChecked,
                connectivity,
                rotateDays,
                nextRotation,
                changedAtSource,
                changed,
                firstSeen,
                seen,
                Optional.of(now),
                0,
                Optional.empty());
    }

    public boolean isPresent() {
        return state == State.PRESENT;
    }

    public ExpiryState expiryState(Instant now, int dueSoonDays) {
        if (expires == UNKNOWN) {
            return ExpiryState.UNKNOWN;
        }
        if (expires == NEVER) {
            return ExpiryState.NEVER;
        }
        if (expires <= Micros.of(now)) {
            return ExpiryState.EXPIRED;
        }
        return expires <= soon(now, dueSoonDays) ? ExpiryState.DUE_SOON : ExpiryState.OK;
    }

    public static long soon(Instant now, int dueSoonDays) {
        return Micros.of(now.plus(java.time.Duration.ofDays(dueSoonDays)));
    }

    public static long expires(Optional<Instant> told) {
        return told.map(end -> end.equals(Instant.MAX) ? NEVER : Micros.of(end)).orElse(UNKNOWN);
    }

    public Optional<Instant> end() {
        return expires >= NEVER ? Optional.empty() : Optional.of(Micros.toInstant(expires));
    }

    /// {@return the text that searches look into}
    public String search() {
        var text =
                fold(
                        String.join(
                                " ",
                                account.resourceName(),
                                account.username(),
                                account.resourceType(),
                                account.credentialType(),
                                resourceIp,
                                domains.replace('|', ' ')));
        return text.length() > MAX_SEARCH ? text.substring(0, MAX_SEARCH) : text;
    }

    public static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /// {@return `|a|b|`, so that one domain is found by `|a|`; empty for none}
    public static String join(List<String> domains) {
        if (domains.isEmpty()) {
            return "";
        }
        var joined =
                domains.stream()
                        .map(name -> name.replace('|', '/'))
                        .collect(Collectors.joining("|", "|", "|"));
        return joined.length() > MAX_DOMAINS
                ? joined.substring(0, joined.lastIndexOf('|', MAX_DOMAINS) + 1)
                : joined;
    }

    public static List<String> split(String joined) {
        return Arrays.stream(joined.split("\\|")).filter(name -> !name.isEmpty()).toList();
    }
}
