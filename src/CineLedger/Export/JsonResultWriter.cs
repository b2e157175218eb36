using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>
/// Writes JSON as in HTTP responses, <c>{ "data": [ … ], "meta": { … } }</c>, or one object per line (NDJSON) without metadata. Names are in
/// camel case; unknown is null.
/// </summary>
public sealed class JsonResultWriter : ResultWriter
{
    private const int FlushThreshold = 60_000;
    private readonly Stream _output;
    private readonly bool _isNdjson;
    private readonly Utf8JsonWriter _json;
    private IReadOnlyList<Column> _columns = [];
    private JsonEncodedText[] _names = [];

    public JsonResultWriter(Stream output, bool lines)
    {
        _output = output;
        _isNdjson = lines;

        // The output is a file or a JSON response, never part of a page, so characters that are safe in JSON are not escaped.
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public override Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        _names = [.. columns.Select(column => JsonEncodedText.Encode(JsonMeta.GetName(column)))];
        if (!_isNdjson)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("data");
        }

        return Task.CompletedTask;
    }

    public override async ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        _json.WriteStartObject();
        for (var i = 0; i < _columns.Count; i++)
        {
            _json.WritePropertyName(_names[i]);
            WriteValue(row, i);
        }

        _json.WriteEndObject();
        if (_isNdjson)
        {
            await _json.FlushAsync(cancellationToken).ConfigureAwait(false);
            await _output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            _json.Reset();
        }
        else if (_json.BytesPending > FlushThreshold)
        {
            await _json.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        if (!_isNdjson)
        {
            _json.WriteEndArray();
            JsonMeta.Write(_json, info);
            _json.WriteEndObject();
            await _json.FlushAsync(cancellationToken).ConfigureAwait(false);
            await _output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _json.DisposeAsync();

    private void WriteValue(DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            _json.WriteNullValue();
            return;
        }

        switch (_columns[column].Kind)
        {
            case ColumnKind.Text or ColumnKind.Date:
                _json.WriteStringValue(row.GetString(column));
                break;
            case ColumnKind.Number:
                WriteNumber(row.GetDouble(column));
                break;
            case ColumnKind.Exact:
                WriteExact(row.GetString(column));
                break;
            case ColumnKind.Boolean:
                _json.WriteBooleanValue(row.GetBoolean(column));
                break;
            case ColumnKind.Time:
                _json.WriteStringValue(ReaderExtensions.FormatTime(row.GetDateTime(column)));
                break;
            default:
                _json.WriteNumberValue(row.GetInteger(column));
                break;
        }
    }

    /// <summary>Writes NaN and the infinities as text, because JSON has no such numbers.</summary>
    private void WriteNumber(double value)
    {
        Span<byte> text = stackalloc byte[NumberFormatter.MaxLength];
        text = text[..NumberFormatter.Write(value, text)];
        if (double.IsFinite(value))
        {
            _json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            _json.WriteStringValue(text);
        }
    }

    private void WriteExact(string digits)
    {
        if (char.IsAsciiDigit(digits[^1]))
        {
            _json.WriteRawValue(digits, skipInputValidation: true);
        }
        else
        {
            _json.WriteStringValue(digits);
        }
    }
}
