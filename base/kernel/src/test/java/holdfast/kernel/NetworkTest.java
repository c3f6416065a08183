package holdfast.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses lie in a network.
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.255.0.1",
        "10.1.2.3,        10.1.2.3",
        "10.1.2.3/32,     10.1.2.3",
        "192.168.6.0/23,  192.168.7.255",
        "0.0.0.0/0,       8.8.8.8",
        "2001:db8::/32,   2001:db8:ffff::1",
        "::1,             ::1",
        "10.0.0.0/8,      10.128.0.0/9",
    })
    void what_shares_the_first_bits_lies_inside(String network, String one) {
        assertThat(Network.of(network).contains(one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      11.0.0.1",
        "10.1.2.3,        10.1.2.4",
        "192.168.6.0/23,  192.168.8.0",
        "0.0.0.0/0,       ::1",
        "::/0,            10.1.2.3",
        "10.128.0.0/9,    10.0.0.0/8",
        "10.0.0.0/8,      example.org",
    })
    void what_does_not_lies_outside(String network, String one) {
        assertThat(Network.of(network).contains(one)).isFalse();
    }

    @Test
    void an_ipv4_address_in_the_form_of_ipv6_is_an_ipv4_address() throws Exception {
        assertThat(Network.of("10.0.0.0/8").contains(InetAddress.getByName("::ffff:10.0.0.1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/8/8",
                "10.0.0.0/x",
                "localhost",
                "example.org/8",
                "abcd"
            })
    void what_is_neither_a_network_nor_an_address_is_refused(String text) {
        assertThat(Network.read(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.of(text))
                .withMessageContaining(text);
    }
}
