package holdfast.simulator;

import java.time.Duration;

/// How a reply goes over the wire.
sealed interface Delivery {
    record Whole() implements Delivery {}

    /// The length of the whole body is announced, then the connection ends early.
    ///
    /// @param bytes of the body that are sent
    record Cut(int bytes) implements Delivery {}

    /// Not a byte is sent; the connection is reset (TCP RST).
    record Reset() implements Delivery {}

    /// White space for ever, one byte each `pause`.
    record Trickle(Duration pause) implements Delivery {}

    /// The body in ISO 8859-1, whatever its content type says.
    record Latin() implements Delivery {}

    /// A list of one row with an `id` of so many megabytes.
    record LongString(int megabytes) implements Delivery {}

    /// JSON that does not end, as fast as it is read.
    record Endless() implements Delivery {}
}
