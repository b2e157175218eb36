Console.Error.WriteLine("see compare.sh");
