package io.logitflow.classifier.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM: what the hardware prefers, at most 512 bits, or the system property
 * {@value #BITS_PROPERTY}. The species are static constants because the JIT compiles vector
 * operations to instructions only for those.
 */
final class VectorShapes {

  static final String BITS_PROPERTY = "logitflow.vector.bits";

  private static final int MIN_BITS = 128;
  private static final int MAX_BITS = 512;
  private static final int BITS = bits();

  static final VectorSpecies<Float> FLOAT =
      VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));

  static final VectorSpecies<Integer> INT =
      VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));

  /** Floats in a vector. */
  static final int LANES = FLOAT.length();

  private VectorShapes() {}

  private static int bits() {
    // Without the instruction, a fused multiply-add is computed in BigDecimal.
    if (!hasFma()) {
      throw new IllegalStateException(
          "the CPU has no fused multiply-add, or the JVM is told not to use it (-XX:-UseFMA)");
    }
    String property = System.getProperty(BITS_PROPERTY);
    int bits =
        property == null
            ? Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), MAX_BITS)
            : Integer.getInteger(BITS_PROPERTY, 0);
    if (bits < MIN_BITS || bits > MAX_BITS || Integer.bitCount(bits) != 1) {
      throw new IllegalStateException(
          "vectors of %s bits, expected 128, 256 or 512 (system property %s)"
              .formatted(property == null ? bits : property, BITS_PROPERTY));
    }
    return bits;
  }

  private static boolean hasFma() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return hotSpot != null && Boolean.parseBoolean(hotSpot.getVMOption("UseFMA").getValue());
  }
}
