package holdfast.simulator;

import java.util.List;

/// The `resourceType` values that each release's description lists.
final class ResourceTypes {
    static final List<String> UNTIL_5_1 =
            List.of(
                    "ESXI",
                    "VCENTER",
                    "PSC",
                    "NSX_MANAGER",
                    "NSX_CONTROLLER",
                    "NSX_EDGE",
                    "NSXT_MANAGER",
                    "NSXT_EDGE",
                    "VRLI",
                    "VROPS",
                    "VRA",
                    "WSA",
                    "VRSLCM",
                    "VXRAIL_MANAGER",
                    "BACKUP");
    static final List<String> OF_5_2 =
            List.of(
                    "ESXI",
                    "VCENTER",
                    "PSC",
                    "NSX_MANAGER",
                    "NSX_CONTROLLER",
                    "NSX_EDGE",
                    "NSXT_MANAGER",
                    "NSXT_EDGE",
                    "VRLI",
                    "VROPS",
                    "VRA",
                    "WSA",
                    "VRSLCM",
                    "VXRAIL_MANAGER",
                    "BACKUP",
                    "NSX_ALB");
    static final List<String> OF_9_0 =
            List.of("ESXI", "VCENTER", "PSC", "NSXT_MANAGER", "NSXT_EDGE", "NSX_ALB", "BACKUP");
    static final List<String> OF_9_1 =
            List.of(
                    "ESXI",
                    "VCENTER",
                    "PSC",
                    "NSXT_MANAGER",
                    "NSXT_EDGE",
                    "NSX_ALB",
                    "BACKUP",
                    "HCX_MANAGER",
                    "VSP");

    private ResourceTypes() {}
}
