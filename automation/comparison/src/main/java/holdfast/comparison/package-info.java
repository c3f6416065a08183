/// Compares what a source says now with what is stored of it, and finds what people should know. Reads no clock, no database.
///
/// Front doors: [Comparison] yields the changes, [Findings] the drift between both sources of an environment. A state of a credential
/// is a [Kept]. What is compared runs by: only differences are held.
@NullMarked
package holdfast.comparison;

import org.jspecify.annotations.NullMarked;
