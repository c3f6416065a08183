package holdfast.health;

import java.util.Map;
import java.util.function.Supplier;

/// A number of a room above, for the metrics: for example how many sources stand how.
///
/// @param name   snake_case, beginning with `holdfast_`
/// @param label  what the values are told apart by
/// @param values by the value of the label, which is a word of ours and never a name that people gave
public record Gauge(String name, String label, Supplier<Map<String, Long>> values) {}
