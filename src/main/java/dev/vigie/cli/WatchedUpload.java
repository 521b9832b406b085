package dev.vigie.cli;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Sends what another sends, and says how much of it has gone. */
final class WatchedUpload implements BodyPublisher {

    private final BodyPublisher body;
    private final Progress progress;

    WatchedUpload(BodyPublisher body, Progress progress) {
        this.body = body;
        this.progress = progress;
    }

    /** Is told how many bytes of how many have gone. */
    interface Progress {
        void sent(long done, long total);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(
                new Flow.Subscriber<ByteBuffer>() {
                    private long sent;

                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscriber.onSubscribe(subscription);
                    }

                    @Override
                    public void onNext(ByteBuffer part) {
                        sent += part.remaining();
                        progress.sent(sent, contentLength());
                        subscriber.onNext(part);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        subscriber.onError(failure);
                    }

                    @Override
                    public void onComplete() {
                        subscriber.onComplete();
                    }
                });
    }
}
