package dev.vigie.api.description;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes the stream of events, whose route is no method that could be described by itself. */
final class StreamOperation {

    private static final String TOKEN = "token";

    private StreamOperation() {}

    static void addTo(OpenAPI api) {
        MediaType events =
                OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
        APIResponse stream =
                OASFactory.createAPIResponse()
                        .description("An endless stream.")
                        .content(
                                OASFactory.createContent()
                                        .addMediaType("text/event-stream", events));
        Schema feed =
                OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .enumeration(List.of("lite", "full", "domains"))
                        .defaultValue("lite");
        Schema id = OASFactory.createSchema().addType(Schema.SchemaType.STRING).format("uuid");
        Operation operation =
                OASFactory.createOperation()
                        .summary("Sends what logs take, as it comes.")
                        .description(
                                "Server-sent events, each with a message as certstream has it. What"
                                        + " a client is too slow for, it loses.")
                        .addTag("Stream Resource")
                        .addParameter(query("feed", "How much of each certificate.", feed))
                        .addParameter(query("watchlist", "Only what hits this watchlist.", id))
                        .responses(OASFactory.createAPIResponses().addAPIResponse("200", stream))
                        .addSecurityRequirement(
                                OASFactory.createSecurityRequirement().addScheme(TOKEN));
        api.getPaths().addPathItem("/api/v1/stream", OASFactory.createPathItem().GET(operation));
    }

    private static Parameter query(String name, String description, Schema schema) {
        return OASFactory.createParameter()
                .in(Parameter.In.QUERY)
                .name(name)
                .description(description)
                .schema(schema);
    }
}
