package dev.vigie.testing;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks at the memory of another JVM. */
public final class JvmMemory implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;

    @SuppressWarnings("BanJNDI") // a process that this test has started
    public JvmMemory(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                String address = machine.startLocalManagementAgent();
                connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
        threads = bean(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        memory = bean(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    private <T extends PlatformManagedObject> T bean(String name, Class<T> type)
            throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), name, type);
    }

    /**
     * Bytes allocated by all threads since the start, by their own counters: exact to what lies in
     * their allocation buffers, other than metrics of the collector, which move only when it runs.
     */
    public long allocated() {
        return threads.getTotalThreadAllocatedBytes();
    }

    /** Bytes of the heap in use after a full collection, which this causes. */
    public long liveHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
