package holdfast.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row that SDDC Manager keeps. What the component itself accepts is the [Estate]'s knowledge.
///
/// @param password  what SDDC Manager has stored
/// @param expires   when the component stops accepting the password
/// @param checked   when expiry was last asked of the component; null for never
/// @param rotation  null when it is not rotated by itself
public record Credential(
        String id,
        Component component,
        Account account,
        String password,
        Instant created,
        Instant modified,
        Instant expires,
        @Nullable Instant checked,
        @Nullable AutoRotate rotation) {

    public Credential withPassword(String other, Instant at) {
        return new Credential(
                id, component, account, other, created, at, expires, checked, rotation);
    }

    public Credential withExpiry(Instant other) {
        return new Credential(
                id, component, account, password, created, modified, other, checked, rotation);
    }

    public Credential withComponent(Component other) {
        return new Credential(
                id, other, account, password, created, modified, expires, checked, rotation);
    }

    Credential withCheck(Instant at) {
        return new Credential(
                id, component, account, password, created, modified, expires, at, rotation);
    }

    Credential withRotation(@Nullable AutoRotate other) {
        return new Credential(
                id, component, account, password, created, modified, expires, checked, other);
    }

    boolean is(String type, String name, String credentialType, String username) {
        return component.type().equals(type)
                && component.name().equals(name)
                && account.credentialType().equals(credentialType)
                && account.username().equals(username);
    }

    @Override
    public String toString() {
        return "Credential[%s %s %s %s]"
                .formatted(
                        component.type(),
                        component.name(),
                        account.credentialType(),
                        account.username());
    }
}
