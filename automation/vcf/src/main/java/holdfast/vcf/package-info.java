/// Speaks with the appliances of VMware Cloud Foundation: SDDC Manager 4.5 to 9.1 and the Installer 9.x.
///
/// Front door: [Appliances]. It signs in, pages, renews tokens, and tells what it read as [Fetched] or why not as [SourceFailed],
/// in a sentence for people. [BringUp] reads the same from a bring-up file. Liberal with what is missing or unknown, strict with what is cut off.
/// Knows no tables, tenants or permits, and keeps nothing.
@NullMarked
package holdfast.vcf;

import org.jspecify.annotations.NullMarked;
