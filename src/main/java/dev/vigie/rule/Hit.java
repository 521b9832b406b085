package dev.vigie.rule;

import java.util.List;
import java.util.UUID;

/**
 * A rule met names of one certificate.
 *
 * @param names the first of these names as they stand in the certificate, in inert form
 * @param nameCount how many different names there were; above a quarter of a million it stands
 *     still
 * @param reasons why, in sentences
 */
public record Hit(UUID ruleId, List<String> names, int nameCount, List<String> reasons) {}
