package holdfast.exports;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// Writes plain maps and lists as YAML 1.2. Every text is quoted, so that no reader takes `no` or `1e3` for something else.
/// For one thread.
public final class YamlText {
    private final Dump dump =
            new Dump(
                    DumpSettings.builder()
                            .setDefaultFlowStyle(FlowStyle.BLOCK)
                            .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                            .setWidth(10_000)
                            .setSplitLines(false)
                            .build());

    public String of(Object document) {
        return dump.dumpToString(document);
    }
}
