package holdfast.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// The rules as one would first write them down: regular expressions and two loops. The evaluator must agree.
final class NaiveRights {
    private NaiveRights() {}

    static boolean allows(
            UUID principal,
            Set<Role> roles,
            Collection<Grant> grants,
            Action action,
            String path,
            Instant now) {
        boolean allowed = false;
        for (var role : roles) {
            allowed |= role.actions().contains(action);
        }
        for (var grant : grants) {
            boolean mine =
                    switch (grant.subject()) {
                        case Grant.Subject.One(var id, _) -> id.equals(principal);
                        case Grant.Subject.Holders(var name) ->
                                roles.stream().anyMatch(role -> role.name().equals(name));
                    };
            boolean alive =
                    grant.expires().isEmpty() || now.isBefore(grant.expires().orElseThrow());
            boolean about =
                    grant.actions().contains(action)
                            || (grant.effect() == Grant.Effect.DENY
                                    && action.name().startsWith("EXPORT_")
                                    && grant.actions().stream()
                                            .map(Action::name)
                                            .anyMatch(
                                                    action.name().replace("EXPORT", "REVEAL")
                                                            ::equals));
            if (mine && alive && about && matches(grant.pattern().text(), path)) {
                if (grant.effect() == Grant.Effect.DENY) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    static boolean matches(String pattern, String path) {
        if (pattern.equals("**")) {
            return true;
        }
        var expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                expression.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (pattern.startsWith("**", i)) {
                expression.append(".+");
                i++;
            } else {
                expression.append(c == '*' ? "[^/]*" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(path).matches();
    }
}
