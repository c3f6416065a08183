package holdfast.access;

import holdfast.kernel.Principal;
import java.util.List;
import java.util.UUID;

/// Says why: "why may I not?", "who can read this?". Answers are of this moment. Safe for many threads.
public interface Explanations {
    /// The resource that a permit to ask about others names.
    String RESOURCE = "access";

    /// {@return why the asker may or may not; which denial stands in the way is not told, only that one does}
    Explanation own(Principal asker, Action action, String resource);

    /// {@return why somebody in the tenant may or may not}
    ///
    /// @param permit READ_ACCESS on [#RESOURCE]
    Explanation of(Permit permit, UUID principal, Action action, String resource);

    /// {@return everybody in the tenant who may, each with what allows it}
    ///
    /// @param permit READ_ACCESS on [#RESOURCE]
    List<Explanation> who(Permit permit, Action action, String resource);
}
