using System.Reflection;

namespace CineLedger.Web;

/// <summary>The version of the program: 1.2.3, or 1.2.4-alpha.0.5 five commits later.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
