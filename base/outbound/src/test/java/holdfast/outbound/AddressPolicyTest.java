package holdfast.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses may be reached.
class AddressPolicyTest {
    private final AddressPolicy strict = new AddressPolicy(false, List.of("10.9.0.0/16"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "0.0.0.0",
                "::",
                "169.254.169.254",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "240.0.0.1",
                "192.0.2.1",
                "2001:db8::1",
                "fd00:ec2::254",
                "10.9.1.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001:0:4136:e378:8000:63bf:80ff:fffe",
                "::7f00:1",
                "64:ff9b::a09:101"
            })
    void forbidden_addresses_stay_forbidden_in_every_disguise(String address) throws Exception {
        assertThat(strict.objection(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.4",
                "192.168.1.1",
                "172.16.0.1",
                "100.64.0.1",
                "8.8.8.8",
                "2606:4700::1111",
                "fd12::4"
            })
    void appliances_in_private_networks_and_outside_are_reached(String address) throws Exception {
        assertThat(strict.objection(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:127.0.0.1"})
    void loopback_is_reached_only_when_switched_on(String address) throws Exception {
        assertThat(new AddressPolicy(true, List.of()).objection(InetAddress.getByName(address)))
                .isEmpty();
        assertThat(strict.objection(InetAddress.getByName(address))).isPresent();
    }
}
