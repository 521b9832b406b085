package dev.vigie.simulator;

import dev.vigie.ct.loglist.LogProtocol;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Serves simulated logs from a process of their own, for benchmarks. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /**
     * Serves until it is killed; prints the URL of the log list as its first line.
     *
     * @param args protocols separated by commas; entries in each log; entries in a page of
     *     get-entries; optionally a name that every thousandth certificate contains
     */
    public static void main(String[] args) throws InterruptedException {
        int entries = Integer.parseInt(args[1]);
        var server = new SimulatedLogServer();
        server.pageSize(Integer.parseInt(args[2]));
        var ca = new CertificateMaker(1);
        var names = new OrdinaryNames(1);
        int number = 0;
        for (String protocol : args[0].split(",")) {
            var log =
                    new SimulatedLog(
                            "simulated-" + ++number,
                            LogProtocol.valueOf(protocol),
                            LogSigner.ecdsa(),
                            ca,
                            InstantSource.system());
            for (int i = 0; i < entries; i++) {
                List<String> certificateNames = new ArrayList<>(names.next());
                if (args.length > 3 && i % 1000 == 0) {
                    certificateNames.add("e" + i + "." + args[3]);
                }
                log.addPrecert(certificateNames);
            }
            server.add(log);
        }
        server.warmUp();
        System.out.println(server.logListUrl());
        Thread.sleep(Long.MAX_VALUE);
    }
}
