package holdfast.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// YAML 1.2 with the members of the JSON file. Every text is quoted, so that no reader takes `no` or `1e3` for something else.
final class YamlFormat implements Credentials.Format {
    @Override
    public void write(Credentials.Export export, OutputStream out) throws IOException {
        var dump = dump();
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var head = new LinkedHashMap<String, Object>();
        head.put("environment", export.environment());
        head.put("exported", export.made().toString());
        text.write(dump.dumpToString(head));
        text.write("\"credentials\":\n");
        var any = new boolean[1];
        export.forEach((credential, value) -> {
            any[0] = true;
            text.write(dump.dumpToString(List.of(JsonFormat.members(credential, value))));
        });
        if (!any[0]) {
            text.write("  []\n");
        }
        text.flush();
    }

    static Dump dump() {
        return new Dump(
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                        .setWidth(10_000)
                        .setSplitLines(false)
                        .build());
    }
}
