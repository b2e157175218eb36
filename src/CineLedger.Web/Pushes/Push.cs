using CineLedger.Streaming;

namespace CineLedger.Web.Pushes;

/// <summary>One push, from when it has been read until it is answered.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Key">The same, where the sender gave it; null where nobody will ask again.</param>
/// <param name="Hash">Fingerprint of its body.</param>
/// <param name="Changes">What it brings.</param>
internal sealed record Push(string Id, string? Key, string Hash, ChangeSet Changes)
{
    private readonly TaskCompletionSource<PushResponse> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PushResponse? _response;

    public Task<PushResponse> Completion => _completion.Task;

    /// <summary>Holds the answer ready; it goes out with <see cref="Complete"/>, once what it says is true.</summary>
    public void SetResponse(PushResponse response) => _response = response;

    public void Complete()
    {
        if (_response is not null)
        {
            _completion.TrySetResult(_response);
        }
    }

    public void Fail(Exception error) => _completion.TrySetException(error);
}

/// <param name="Json">The answer's body.</param>
/// <param name="Snapshot">The snapshot that it tells of; null where there is none.</param>
/// <param name="IsRepeated">True where the push had been answered before.</param>
internal sealed record PushResponse(string Json, int? Snapshot, bool IsRepeated);
