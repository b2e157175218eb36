using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>Recognizes records that have lost or gained quotes, so that their texts belong to other fields, and even their IDs may be any number.</summary>
internal static class ShiftedRecords
{
    /// <summary>The number of unreadable fields from which a record is rejected as a whole. No record of the original dataset has a single one.</summary>
    private const int MinUnreadable = 3;

    /// <summary>
    /// Returns whether the texts of a record belong to other fields: three or more of them cannot be read, or one of them if text follows a closing quote, or a line
    /// break occurs in a field that never contains one.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="findings">The findings about its fields.</param>
    /// <param name="unclearFields">The number of rejected fields with an ambiguous date or number, which belongs to its field.</param>
    public static bool IsShifted(RecordView record, MovieColumns columns, ReadOnlySpan<Finding> findings, int unclearFields)
    {
        var rejected = -unclearFields;
        foreach (var finding in findings)
        {
            rejected += finding is { Kind: FindingKind.Reject, Rule: not Rules.InvalidEntry } ? 1 : 0;
        }

        return rejected >= MinUnreadable || (rejected > 0 && record.HasTextAfterQuote)
            || (RecordScanner.CountLineEnds(record.Raw) > 0 && HasBrokenField(record, columns, findings));
    }

    private static bool HasBrokenField(RecordView record, MovieColumns columns, ReadOnlySpan<Finding> findings)
    {
        for (var i = 0; i < MovieField.All.Length; i++)
        {
            if (!MovieField.All[i].MayContainLineBreaks && record[columns.FieldIndexes[i]].Trim(" \t\r\n"u8).IndexOfAny((byte)'\n', (byte)'\r') >= 0)
            {
                return true;
            }
        }

        // A list that is written on several lines is readable, one with a broken name is not.
        foreach (var finding in findings)
        {
            if (finding is { Kind: FindingKind.Reject, Value: { } value } && value.AsSpan().ContainsAny('\n', '\r'))
            {
                return true;
            }
        }

        return false;
    }
}
