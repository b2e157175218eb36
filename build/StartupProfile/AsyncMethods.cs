using System.Reflection;

namespace StartupProfile;

/// <summary>What runs asynchronous methods and is left to the just-in-time compiler.</summary>
internal static class AsyncMethods
{
    private const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// The methods of the runtime's boxes for an assembly's asynchronous methods: of those that return a task of a class, or of a generic value. The
    /// compiler makes the others by itself.
    /// </summary>
    public static IEnumerable<MethodBase> Of(Assembly assembly, Assembly core)
    {
        var box = core.GetType("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1")?.GetNestedType("AsyncStateMachineBox`1", BindingFlags.NonPublic);
        if (box is null)
        {
            yield break;
        }

        foreach (var machine in assembly.GetTypes().Where(IsStateMachine))
        {
            if (ResultOf(machine) is not { } result || result.IsPrimitive || (result.IsValueType && !result.IsGenericType))
            {
                continue;
            }

            var boxed = box.MakeGenericType(result, machine);
            foreach (var method in boxed.GetMethods(All).Concat<MethodBase>(boxed.GetConstructors(All)))
            {
                yield return method;
            }
        }
    }

    private static bool IsStateMachine(Type type) =>
        type.IsValueType && !type.ContainsGenericParameters && type.GetInterfaces().Any(one => one.Name == "IAsyncStateMachine");

    /// <summary>The T of the Task or ValueTask that the method returns; null where it returns none, or builds it in another way.</summary>
    private static Type? ResultOf(Type machine) =>
        machine.GetField("<>t__builder", All)?.FieldType is { IsGenericType: true, Name: "AsyncTaskMethodBuilder`1" or "AsyncValueTaskMethodBuilder`1" } builder
            ? builder.GetGenericArguments()[0]
            : null;
}
