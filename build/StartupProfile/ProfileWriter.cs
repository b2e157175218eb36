using System.Reflection;
using System.Reflection.Emit;

namespace StartupProfile;

/// <summary>
/// Writes a profile as crossgen2 reads it (.mibc): an assembly whose method AssemblyDictionary names groups of methods by the assemblies that they are of,
/// and for each group a method that loads their tokens. The format is that of dotnet-pgo:
/// https://github.com/dotnet/runtime/blob/main/src/coreclr/tools/aot/ILCompiler.ReadyToRun/IBC/MIbcProfileParser.cs.
/// </summary>
internal sealed class ProfileWriter
{
    private const string CoreName = "System.Private.CoreLib";

    private readonly PersistedAssemblyBuilder _assembly;
    private readonly ModuleBuilder _module;
    private readonly Type _void;
    private readonly SortedDictionary<string, MethodBuilder> _groups = new(StringComparer.Ordinal);

    public ProfileWriter(Assembly core)
    {
        _assembly = new PersistedAssemblyBuilder(new AssemblyName("startup"), core);
        _module = _assembly.DefineDynamicModule("startup");
        _void = core.GetType("System.Void", throwOnError: true)!;
    }

    public int Count { get; private set; }

    /// <summary>Adds a method of a generic type of the core library's over types of another assembly.</summary>
    public void Add(string assembly, MethodBase method)
    {
        var key = $"{CoreName};{assembly};";
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = Define($"Assemblies_{key}_{_groups.Count}");
        }

        var code = group.GetILGenerator();
        if (method is ConstructorInfo constructor)
        {
            code.Emit(OpCodes.Ldtoken, _module.GetMethodMetadataToken(constructor));
        }
        else
        {
            code.Emit(OpCodes.Ldtoken, (MethodInfo)method);
        }

        code.Emit(OpCodes.Pop);
        Count++;
    }

    /// <summary>Writes the file. Once.</summary>
    public void Save(string path)
    {
        var dictionary = Define("AssemblyDictionary").GetILGenerator();
        foreach (var (key, group) in _groups)
        {
            group.GetILGenerator().Emit(OpCodes.Ret);
            dictionary.Emit(OpCodes.Ldstr, key);
            dictionary.Emit(OpCodes.Ldtoken, group);
            dictionary.Emit(OpCodes.Pop);
        }

        dictionary.Emit(OpCodes.Ret);
        _module.CreateGlobalFunctions();
        _assembly.Save(path);
    }

    private MethodBuilder Define(string name) => _module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, _void, []);
}
