package dev.vigie.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the description of the API what holds for many operations: how they answer, what is in
 * their headers, and an example of what they are sent.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String PREFIX = "/api/v1";
    private static final String PROBLEM = "#/components/schemas/Problem";

    /** What is carried out later. */
    private static final Set<String> LATER =
            Set.of("/rescans", "/channels/{id}/test", "/deliveries/{id}/retry");

    private static final Map<String, String> PROBLEMS =
            Map.of(
                    "400", "Something about the request is wrong; violations say what.",
                    "401", "There is no token, or it is not good.",
                    "403", "The role does not allow it.",
                    "404", "There is no such thing within reach.",
                    "412", "It was changed since it was read.",
                    "428", "It is a replacement without If-Match.",
                    "429", "There were too many requests; Retry-After says when to come again.");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents().addSchema("Problem", problem());
        StreamOperation.addTo(api);
        var fields = new ApiFields();
        api.getComponents()
                .getSchemas()
                .forEach((name, schema) -> {
                    showChoices(schema);
                    fields.describe(name, schema);
                });
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations()
                                .forEach((verb, operation) ->
                                        describe(path.replace(PREFIX, ""), verb, operation)));
    }

    /** As they are written and read. */
    private static void showChoices(Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(
                    schema.getEnumeration().stream()
                            .<Object>map(choice ->
                                    choice.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .toList());
        }
    }

    private static Schema problem() {
        Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        Schema violation =
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.OBJECT)
                        .addProperty("field", text)
                        .addProperty("message", text);
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("A problem document (RFC 9457).")
                .addProperty("type", text)
                .addProperty("title", text)
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text)
                .addProperty(
                        "violations",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(violation));
    }

    private static void describe(String path, PathItem.HttpMethod verb, Operation operation) {
        boolean creates = verb == PathItem.HttpMethod.POST && ApiExamples.CREATED.contains(path);
        boolean replaces = verb == PathItem.HttpMethod.PUT && path.endsWith("/{id}");
        APIResponses responses = operation.getResponses();
        if (creates || LATER.contains(path) && verb == PathItem.HttpMethod.POST) {
            answeredAs(responses, creates ? "201" : "202");
        }
        List<String> problems = new ArrayList<>(List.of("400", "401", "403", "429"));
        if (path.contains("{")) {
            problems.add("404");
        }
        if (replaces) {
            problems.addAll(List.of("412", "428"));
            operation.addParameter(
                    header("If-Match", "The ETag of what was read, or * for anything.", true));
        }
        if (creates && !path.equals("/session")) {
            operation.addParameter(
                    header("Idempotency-Key", "The same for all attempts of one request.", false));
        }
        problems.forEach(status -> responses.addAPIResponse(status, answer(status)));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(each -> ApiParameters.describe(path, each));
        }
        addExample(verb + " " + path, operation);
    }

    private static void answeredAs(APIResponses responses, String status) {
        APIResponse usual = responses.getAPIResponse("200");
        if (usual == null) {
            usual = responses.getAPIResponse(status);
        }
        Header location =
                OASFactory.createHeader()
                        .description("Where it is.")
                        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        responses.removeAPIResponse("200");
        responses.addAPIResponse(
                status,
                usual.description(status.equals("201") ? "Created" : "Accepted")
                        .addHeader("Location", location));
    }

    private static Parameter header(String name, String description, boolean required) {
        return OASFactory.createParameter()
                .in(Parameter.In.HEADER)
                .name(name)
                .description(description)
                .required(required)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }

    private static APIResponse answer(String status) {
        MediaType type =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM));
        return OASFactory.createAPIResponse()
                .description(PROBLEMS.get(status))
                .content(OASFactory.createContent().addMediaType("application/problem+json", type));
    }

    private static void addExample(String operation, Operation of) {
        Object example = ApiExamples.BODIES.get(operation);
        if (example != null && of.getRequestBody() != null) {
            MediaType json = of.getRequestBody().getContent().getMediaType("application/json");
            if (json != null) {
                json.setExample(example);
            }
        }
    }
}
