package holdfast.access;

import holdfast.kernel.Principal;
import java.util.Set;

/// Decides. Evaluated in memory; every refusal is recorded before it is answered.
public interface Policy {
    /// {@return proof that `principal` may do `action` on `resource`}
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED; STEP_UP_REQUIRED when the action asks for a fresh password
    Permit permit(Principal principal, Action action, String resource);

    /// {@return proof for a set}
    ///
    /// @throws holdfast.kernel.Refusal NOT_PERMITTED, STEP_UP_REQUIRED
    Scope scope(Principal principal, Action action);

    /// {@return what the principal may do somewhere, for an interface that draws only what can be used}
    Set<Action> allowed(Principal principal);
}
