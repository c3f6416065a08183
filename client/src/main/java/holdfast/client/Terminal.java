package holdfast.client;

/// The person at the keyboard, when there is one.
public interface Terminal {
    /// {@return whether somebody can be asked}
    boolean isPresent();

    /// {@return the line that was typed, without spaces around it; empty at the end of input}
    String ask(String question);

    /// As [#ask], without showing what is typed.
    String askSecret(String question);
}
