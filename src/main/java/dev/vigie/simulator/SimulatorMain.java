package dev.vigie.simulator;

import dev.vigie.ct.loglist.LogProtocol;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Serves simulated logs from a process of their own, for benchmarks. */
public final class SimulatorMain {

    private static final int WATCHED_EVERY = 1000;

    private SimulatorMain() {}

    /**
     * Serves until it is killed; prints the URL of the log list as its first line. Precertificates
     * and certificates take turns in the logs.
     *
     * @param args protocols separated by commas; entries in each log; entries in a page of
     *     get-entries; milliseconds before each answer; optionally a name that every thousandth
     *     certificate contains
     */
    public static void main(String[] args) throws InterruptedException {
        int entries = Integer.parseInt(args[1]);
        var server = new SimulatedLogServer();
        server.pageSize(Integer.parseInt(args[2]));
        Duration delay = Duration.ofMillis(Long.parseLong(args[3]));
        String watched = args.length > 4 ? args[4] : "";
        int number = 0;
        for (String protocol : args[0].split(",")) {
            var ca = new CertificateMaker(++number);
            var log =
                    new SimulatedLog(
                            "simulated-" + number,
                            LogProtocol.valueOf(protocol),
                            LogSigner.ecdsa(),
                            ca,
                            InstantSource.system());
            fill(log, ca, entries, watched);
            server.add(log);
        }
        server.warmUp();
        if (delay.isPositive()) {
            server.faults().always("/", FaultScript.delayed(delay));
        }
        System.out.println(server.logListUrl());
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void fill(SimulatedLog log, CertificateMaker ca, int entries, String watched) {
        var names = new OrdinaryNames(1);
        for (int i = 0; i < entries; i++) {
            List<String> certificateNames = new ArrayList<>(names.next());
            if (!watched.isEmpty() && i % WATCHED_EVERY == 0) {
                certificateNames.add("e" + i + "." + watched);
            }
            CertificateMaker.Issuance issued =
                    ca.issue(certificateNames, InstantSource.system().instant());
            if (i % 2 == 0) {
                log.addPrecert(issued);
            } else {
                log.addX509(issued.certificate());
            }
        }
    }
}
