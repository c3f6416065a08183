/// Pretends to be VMware Cloud Foundation: SDDC Manager 4.5 to 9.1, VCF Installer 9.x and Cloud Builder.
///
/// Front door: [Simulator], from the command line [Main]. Shares no parsing code with the client.
/// Speaks HTTP/1.1 over TLS on a socket of its own, so that a reply may be cut, slow, endless or wrong ([FaultKind]).
/// What the vendor's description leaves open is a [Switch]; what it forbids is refused; all received is logged.
/// Data, keys of the estate and task ids follow from one seed (docs/simulator.md).
@NullMarked
package holdfast.simulator;

import org.jspecify.annotations.NullMarked;
