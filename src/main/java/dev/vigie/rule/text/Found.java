package dev.vigie.rule.text;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Numbers that are not negative, each once, in the order in which they came. */
final class Found {

    /** As many are looked through one by one. */
    private static final int FEW = 8;

    private int[] numbers = new int[4];
    private int[] table = new int[0];
    private int count;
    private int adds;

    void add(int number) {
        adds++;
        if (count < FEW) {
            for (int i = 0; i < count; i++) {
                if (numbers[i] == number) {
                    return;
                }
            }
        } else if (!isNew(number)) {
            return;
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    /** Enters a number in the table, which has room for one more; false if it is there. */
    private boolean isNew(int number) {
        if (2 * (count + 1) > table.length) {
            table = new int[Integer.highestOneBit(count) * 8];
            for (int i = 0; i < count; i++) {
                enter(numbers[i]);
            }
        }
        return enter(number);
    }

    private boolean enter(int number) {
        int mask = table.length - 1;
        int slot = number * 0x9e3779b9 >>> 7 & mask;
        for (; table[slot] != 0; slot = slot + 1 & mask) {
            if (table[slot] == number + 1) {
                return false;
            }
        }
        table[slot] = number + 1;
        return true;
    }

    int count() {
        return count;
    }

    int get(int i) {
        return numbers[i];
    }

    /** How often a number was added, new or not. */
    int adds() {
        return adds;
    }

    void forEach(IntConsumer action) {
        for (int i = 0; i < count; i++) {
            action.accept(numbers[i]);
        }
    }
}
